package io.homeostat.study.sampler;

import java.util.random.RandomGenerator;

/** The standard normal distribution, fast rather than to the last digit. */
final class Normal {
    /** Beyond so many σ nothing is left that a sampler would see. */
    private static final double EDGE = 8;

    private Normal() {}

    /** The mass between a and b, a ≤ b. */
    static double between(double a, double b) {
        if (a > 0) {
            return Math.max(0, upper(a) - upper(b));
        }
        return b < 0 ? Math.max(0, upper(-b) - upper(-a)) : 1 - upper(-a) - upper(b);
    }

    /**
     * The mass above z ≥ 0, with an absolute error below 7.5e-8: Abramowitz and Stegun, Handbook of Mathematical
     * Functions, 26.2.17.
     */
    private static double upper(double z) {
        if (z > EDGE) {
            return 0;
        }
        double t = 1 / (1 + 0.2316419 * z);
        double series =
                t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return 0.3989422804014327 * Math.exp(-z * z / 2) * series;
    }

    /** A draw by the polar method, the same on every Java version. */
    static double draw(RandomGenerator random) {
        while (true) {
            double x = 2 * random.nextDouble() - 1;
            double y = 2 * random.nextDouble() - 1;
            double s = x * x + y * y;
            if (s > 0 && s < 1) {
                return x * Math.sqrt(-2 * StrictMath.log(s) / s);
            }
        }
    }
}
