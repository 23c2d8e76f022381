package io.homeostat.study.sampler;

import java.util.random.RandomGenerator;
import org.apache.commons.math3.special.Erf;

/** The standard normal distribution, fast rather than to the last digit. */
final class Normal {
    /*
     * The mass above z is read from a table of values and slopes by cubic interpolation: its relative error is below 1e-5
     * up to EDGE, at a fifth of the cost of an exponential function.
     */
    /** Beyond so many σ nothing is left that a sampler would see. */
    static final double EDGE = 8;

    private static final int PER_UNIT = 32;
    private static final double[] UPPER = new double[(int) EDGE * PER_UNIT + 2];
    private static final double[] DENSITY = new double[UPPER.length];

    static {
        for (int i = 0; i < UPPER.length; i++) {
            double z = (double) i / PER_UNIT;
            UPPER[i] = Erf.erfc(z / Math.sqrt(2)) / 2;
            DENSITY[i] = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) / PER_UNIT;
        }
    }

    private Normal() {}

    /** The mass between a and b, a ≤ b. */
    static double between(double a, double b) {
        if (a > 0) {
            return Math.max(0, upper(a) - upper(b));
        }
        return b < 0 ? Math.max(0, upper(-b) - upper(-a)) : 1 - upper(-a) - upper(b);
    }

    /** The mass above z ≥ 0. */
    private static double upper(double z) {
        if (z >= EDGE) {
            return 0;
        }
        double at = z * PER_UNIT;
        int i = (int) at;
        double t = at - i;
        double s = 1 - t;
        double ends = UPPER[i] * (1 + 2 * t) * s * s + UPPER[i + 1] * (3 - 2 * t) * t * t;
        return ends - DENSITY[i] * t * s * s + DENSITY[i + 1] * t * t * s;
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
