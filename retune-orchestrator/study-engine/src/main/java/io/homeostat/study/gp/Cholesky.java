package io.homeostat.study.gp;

/**
 * The lower triangular L with L·Lᵀ = A for a symmetric positive definite A. Where A is positive definite only up to
 * rounding, the least power of ten that makes it so, from 1e-10 of its mean diagonal on, is added to the diagonal.
 */
public final class Cholesky {
    private static final double FIRST_JITTER = 1e-10;
    private static final double LEAST_PIVOT = 1e-14;

    private final int n;
    private final double[] l; // row by row, so that all inner loops run along rows

    private Cholesky(int n, double[] l) {
        this.n = n;
        this.l = l;
    }

    /**
     * Factors a matrix in O(n³/6) multiplications.
     *
     * @param a row by row, n² finite numbers; only the lower triangle is read; it stays as it is
     * @param n its rows
     */
    public static Cholesky of(double[] a, int n) {
        return of(a, n, new double[n * n]);
    }

    /**
     * The same, written into an array of its own.
     *
     * @param l n² numbers, which are overwritten
     */
    static Cholesky of(double[] a, int n, double[] l) {
        double trace = 0;
        for (int i = 0; i < n; i++) {
            trace += Math.abs(a[i * n + i]);
        }
        double scale = Math.max(trace / Math.max(1, n), Double.MIN_NORMAL);
        double jitter = 0;
        while (!factor(a, l, n, jitter * scale, LEAST_PIVOT * scale)) {
            jitter = jitter == 0 ? FIRST_JITTER : jitter * 10;
            if (jitter > 1e6) {
                throw new IllegalArgumentException(
                        "the matrix has numbers that are not finite, or is far from definite");
            }
        }
        return new Cholesky(n, l);
    }

    private static boolean factor(double[] a, double[] l, int n, double jitter, double least) {
        for (int i = 0; i < n; i++) {
            int row = i * n;
            for (int j = 0; j < i; j++) {
                l[row + j] = (a[row + j] - dot(l, row, l, j * n, j)) / l[j * n + j];
            }
            double pivot = a[row + i] + jitter - dot(l, row, l, row, i);
            if (!(pivot > least)) {
                return false;
            }
            l[row + i] = Math.sqrt(pivot);
        }
        return true;
    }

    /** The inner product of two runs of numbers; four sums at a time, for a processor adds faster than one waits. */
    static double dot(double[] a, int from, double[] b, int start, int length) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 3 < length; i += 4) {
            s0 += a[from + i] * b[start + i];
            s1 += a[from + i + 1] * b[start + i + 1];
            s2 += a[from + i + 2] * b[start + i + 2];
            s3 += a[from + i + 3] * b[start + i + 3];
        }
        for (; i < length; i++) {
            s0 += a[from + i] * b[start + i];
        }
        return s0 + s1 + s2 + s3;
    }

    /** ln det A. */
    public double logDeterminant() {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += Math.log(l[i * n + i]);
        }
        return 2 * sum;
    }

    /** L⁻¹b, in place. */
    public void forward(double[] b) {
        for (int i = 0; i < n; i++) {
            b[i] = (b[i] - dot(l, i * n, b, 0, i)) / l[i * n + i];
        }
    }

    /** L⁻ᵀb, in place. */
    public void backward(double[] b) {
        for (int i = n - 1; i >= 0; i--) {
            double value = b[i] / l[i * n + i];
            b[i] = value;
            for (int j = 0; j < i; j++) {
                b[j] -= value * l[i * n + j];
            }
        }
    }

    /** A⁻¹b. */
    public double[] solve(double[] b) {
        double[] x = b.clone();
        forward(x);
        backward(x);
        return x;
    }

    /** A⁻¹, row by row, both triangles; O(n³/3). */
    public double[] inverse() {
        return inverse(new double[n * n], new double[n * n]);
    }

    /**
     * The same, written into an array.
     *
     * @param columns n² numbers to work with
     * @param inverse n² numbers, which are overwritten and returned
     */
    double[] inverse(double[] columns, double[] inverse) {
        // row k of columns: column k of L⁻¹ from k on
        for (int k = 0; k < n; k++) {
            columns[k * n + k] = 1 / l[k * n + k];
            for (int i = k + 1; i < n; i++) {
                columns[k * n + i] = -dot(l, i * n + k, columns, k * n + k, i - k) / l[i * n + i];
            }
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = dot(columns, i * n + i, columns, j * n + i, n - i);
                inverse[i * n + j] = sum;
                inverse[j * n + i] = sum;
            }
        }
        return inverse;
    }
}
