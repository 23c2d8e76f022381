package io.homeostat.study.sampler;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The state of one run of CMA-ES: a normal distribution N(m, σ²·C) that moves and turns towards where values are good. It
 * never changes; {@link #after} gives the next one.
 *
 * <p>Reference: N. Hansen, The CMA Evolution Strategy: A Tutorial, arXiv 1604.00772, 2016, with its default parameters and
 * negative weights left at 0; σ by cumulative step-size adaptation.
 */
final class CmaEs {
    /*
     * C = B·diag(D²)·Bᵀ is decomposed once per generation by cyclic Jacobi rotations, O(d³), which is little beside
     * λ = 4 + 3·ln d trials.
     */
    private static final int SWEEPS = 30;
    private static final double LEAST_STEP = 1e-9;
    private static final double MOST_CONDITION = 1e14;

    final int d;
    final int lambda;
    final int generation;
    private final double[] mean;
    private final double sigma;
    private final double[] covariance; // row by row
    private final double[] pathSigma;
    private final double[] pathC;
    private final double[] axes; // column k: eigenvector k
    private final double[] scales; // square roots of the eigenvalues

    private CmaEs(
            int lambda,
            int generation,
            double[] mean,
            double sigma,
            double[] covariance,
            double[] pathSigma,
            double[] pathC) {
        d = mean.length;
        this.lambda = lambda;
        this.generation = generation;
        this.mean = mean;
        this.sigma = sigma;
        this.covariance = covariance;
        this.pathSigma = pathSigma;
        this.pathC = pathC;
        axes = new double[d * d];
        scales = new double[d];
        decompose();
    }

    /**
     * A run at its start.
     *
     * @param lambda trials per generation
     * @param covariance row by row, positive definite
     */
    static CmaEs start(int lambda, double[] mean, double sigma, double[] covariance) {
        int d = mean.length;
        return new CmaEs(lambda, 0, mean, sigma, covariance, new double[d], new double[d]);
    }

    /** The usual number of trials per generation. */
    static int usualLambda(int d) {
        return 4 + (int) (3 * Math.log(d));
    }

    static double[] identity(int d) {
        double[] matrix = new double[d * d];
        for (int i = 0; i < d; i++) {
            matrix[i * d + i] = 1;
        }
        return matrix;
    }

    double mean(int j) {
        return mean[j];
    }

    /** The deviation of a coordinate. */
    double deviation(int j) {
        return sigma * Math.sqrt(covariance[j * d + j]);
    }

    /** Whether it moves no more, or is so flat that rounding takes over. */
    boolean over() {
        double[] sorted = scales.clone();
        Arrays.sort(sorted);
        double widest = sigma * sorted[d - 1];
        double condition = sorted[d - 1] / sorted[0];
        return !(widest > LEAST_STEP) || condition * condition > MOST_CONDITION;
    }

    /** A draw. */
    double[] draw(RandomGenerator random) {
        double[] z = new double[d];
        for (int k = 0; k < d; k++) {
            z[k] = scales[k] * Normal.draw(random);
        }
        double[] x = mean.clone();
        for (int i = 0; i < d; i++) {
            x[i] += sigma * inner(axes, i * d, z);
        }
        return x;
    }

    private static double inner(double[] row, int from, double[] z) {
        double sum = 0;
        for (int k = 0; k < z.length; k++) {
            sum += row[from + k] * z[k];
        }
        return sum;
    }

    /**
     * The state after a generation.
     *
     * @param ranked its trials' places from the best to the worst
     */
    CmaEs after(double[][] ranked) {
        double[] weights = weights(ranked.length);
        double selected = 1 / Arrays.stream(weights).map(w -> w * w).sum();
        double cs = (selected + 2) / (d + selected + 5);
        double ds = 1 + 2 * Math.max(0, Math.sqrt((selected - 1) / (d + 1)) - 1) + cs;
        double cc = (4 + selected / d) / (d + 4 + 2 * selected / d);
        double c1 = 2 / ((d + 1.3) * (d + 1.3) + selected);
        double cmu = Math.min(1 - c1, 2 * (selected - 2 + 1 / selected) / ((d + 2.0) * (d + 2) + selected));
        double usual = Math.sqrt(d) * (1 - 1.0 / (4 * d) + 1.0 / (21.0 * d * d));
        double[] step = new double[d];
        for (int k = 0; k < weights.length; k++) {
            for (int j = 0; j < d; j++) {
                step[j] += weights[k] * (ranked[k][j] - mean[j]) / sigma;
            }
        }
        double[] whitened = whitened(step);
        double[] ps = new double[d];
        double norm = 0;
        for (int j = 0; j < d; j++) {
            ps[j] = (1 - cs) * pathSigma[j] + Math.sqrt(cs * (2 - cs) * selected) * whitened[j];
            norm += ps[j] * ps[j];
        }
        norm = Math.sqrt(norm);
        double faded = Math.sqrt(1 - Math.pow(1 - cs, 2.0 * (generation + 1)));
        boolean moving = norm / faded < (1.4 + 2 / (d + 1.0)) * usual;
        double[] pc = new double[d];
        double[] next = new double[d];
        for (int j = 0; j < d; j++) {
            pc[j] = (1 - cc) * pathC[j] + (moving ? Math.sqrt(cc * (2 - cc) * selected) * step[j] : 0);
            next[j] = mean[j] + sigma * step[j];
        }
        double lost = moving ? 0 : c1 * cc * (2 - cc);
        double[] c = turned(ranked, weights, pc, c1, cmu, lost);
        double grown = sigma * Math.exp(Math.min(1, cs / ds * (norm / usual - 1)));
        return new CmaEs(lambda, generation + 1, next, Math.min(1, grown), c, ps, pc);
    }

    /* Logarithmic weights of the better half. */
    private static double[] weights(int trials) {
        double[] weights = new double[trials / 2];
        for (int k = 0; k < weights.length; k++) {
            weights[k] = Math.log((trials + 1) / 2.0) - Math.log(k + 1);
        }
        double sum = Arrays.stream(weights).sum();
        return Arrays.stream(weights).map(w -> w / sum).toArray();
    }

    /* C^(−½)·step. */
    private double[] whitened(double[] step) {
        double[] whitened = new double[d];
        for (int k = 0; k < d; k++) {
            double along = 0;
            for (int i = 0; i < d; i++) {
                along += axes[i * d + k] * step[i];
            }
            for (int i = 0; i < d; i++) {
                whitened[i] += axes[i * d + k] * along / scales[k];
            }
        }
        return whitened;
    }

    private double[] turned(double[][] ranked, double[] weights, double[] pc, double c1, double cmu, double lost) {
        double[] c = new double[d * d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                double sum = (1 - c1 - cmu + lost) * covariance[i * d + j] + c1 * pc[i] * pc[j];
                for (int k = 0; k < weights.length; k++) {
                    double yi = (ranked[k][i] - mean[i]) / sigma;
                    double yj = (ranked[k][j] - mean[j]) / sigma;
                    sum += cmu * weights[k] * yi * yj;
                }
                c[i * d + j] = sum;
            }
        }
        return c;
    }

    private void decompose() {
        double[] a = covariance.clone();
        System.arraycopy(identity(d), 0, axes, 0, d * d);
        for (int sweep = 0; sweep < SWEEPS && offDiagonal(a) > 1e-22; sweep++) {
            for (int p = 0; p < d - 1; p++) {
                for (int q = p + 1; q < d; q++) {
                    rotate(a, p, q);
                }
            }
        }
        for (int k = 0; k < d; k++) {
            scales[k] = Math.sqrt(Math.max(1e-30, a[k * d + k]));
        }
    }

    private double offDiagonal(double[] a) {
        double off = 0;
        double on = 0;
        for (int i = 0; i < d; i++) {
            on += a[i * d + i] * a[i * d + i];
            for (int j = 0; j < i; j++) {
                off += a[i * d + j] * a[i * d + j];
            }
        }
        return off / Math.max(on, Double.MIN_NORMAL);
    }

    private void rotate(double[] a, int p, int q) {
        double off = a[p * d + q];
        if (off == 0) {
            return;
        }
        double theta = (a[q * d + q] - a[p * d + p]) / (2 * off);
        double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        double cos = 1 / Math.sqrt(t * t + 1);
        double sin = t * cos;
        for (int k = 0; k < d; k++) {
            turn(a, k * d + p, k * d + q, cos, sin);
        }
        for (int k = 0; k < d; k++) {
            turn(a, p * d + k, q * d + k, cos, sin);
            turn(axes, k * d + p, k * d + q, cos, sin);
        }
    }

    private static void turn(double[] a, int i, int j, double cos, double sin) {
        double x = a[i];
        a[i] = cos * x - sin * a[j];
        a[j] = sin * x + cos * a[j];
    }
}
