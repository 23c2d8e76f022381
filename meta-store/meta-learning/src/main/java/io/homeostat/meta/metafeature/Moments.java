package io.homeostat.meta.metafeature;

import java.util.OptionalDouble;

/**
 * Mean and the central sums of the 2nd to 4th power in one pass, mergeable.
 *
 * <p>Reference: P. Pébay, Formulas for robust, one-pass parallel computation of covariances and arbitrary-order
 * statistical moments, Sandia 2008.
 */
final class Moments {
    // spread below this share of the mean is rounding, not variation
    private static final double CONSTANT = 1e-12;

    private double n;
    private double mean;
    private double m2;
    private double m3;
    private double m4;

    void add(double x) {
        double before = n++;
        double delta = x - mean;
        double step = delta / n;
        double square = step * step;
        double term = delta * step * before;
        mean += step;
        m4 += term * square * (n * n - 3 * n + 3) + 6 * square * m2 - 4 * step * m3;
        m3 += term * step * (n - 2) - 3 * step * m2;
        m2 += term;
    }

    void merge(Moments other) {
        if (other.n == 0) {
            return;
        }
        double a = n;
        double b = other.n;
        double total = a + b;
        double delta = other.mean - mean;
        double d2 = delta * delta;
        double crossSquares = a * a * other.m2 + b * b * m2;
        double fourth = m4
                + other.m4
                + d2 * d2 * a * b * (a * a - a * b + b * b) / (total * total * total)
                + 6 * d2 * crossSquares / (total * total)
                + 4 * delta * (a * other.m3 - b * m3) / total;
        m3 += other.m3 + d2 * delta * a * b * (a - b) / (total * total) + 3 * delta * (a * other.m2 - b * m2) / total;
        m4 = fourth;
        m2 += other.m2 + d2 * a * b / total;
        mean += delta * b / total;
        n = total;
    }

    long count() {
        return (long) n;
    }

    /** Present for three or more values that vary. */
    OptionalDouble skewness() {
        return varies() ? finite(Math.sqrt(n) * m3 / Math.pow(m2, 1.5)) : OptionalDouble.empty();
    }

    /** Excess kurtosis; present for three or more values that vary. */
    OptionalDouble kurtosis() {
        return varies() ? finite(n * m4 / (m2 * m2) - 3) : OptionalDouble.empty();
    }

    private boolean varies() {
        return n >= 3 && Math.sqrt(m2 / n) > CONSTANT * Math.abs(mean);
    }

    private static OptionalDouble finite(double x) {
        return Double.isFinite(x) ? OptionalDouble.of(x) : OptionalDouble.empty();
    }
}
