package io.homeostat.drift.statistics.twosample;

import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.distribution.NormalDistribution;

/** Tail probabilities and critical values. */
final class Tails {
    /** The level of a single test: one false alarm in a thousand. */
    static final double ALPHA = 0.001;

    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

    private Tails() {}

    static double chiSquareP(double statistic, int freedom) {
        return statistic <= 0 ? 1 : 1 - new ChiSquaredDistribution(null, freedom).cumulativeProbability(statistic);
    }

    static double chiSquareCritical(int freedom) {
        return new ChiSquaredDistribution(null, freedom).inverseCumulativeProbability(1 - ALPHA);
    }

    static double normalTwoSidedP(double z) {
        return 2 * NORMAL.cumulativeProbability(-Math.abs(z));
    }

    static double normalCritical() {
        return NORMAL.inverseCumulativeProbability(1 - ALPHA / 2);
    }

    /** Kolmogorov's distribution: Q(x) = 2 Σ (−1)^(j−1) exp(−2 j² x²). */
    static double kolmogorovP(double x) {
        if (x < 0.3) {
            return 1; // 1 − Q is below 1e-5 there, and the sum converges slowly
        }
        double sum = 0;
        for (int j = 1; j <= 50; j++) {
            double term = Math.exp(-2.0 * j * j * x * x);
            sum += (j & 1) == 1 ? term : -term;
        }
        return Math.max(0, Math.min(1, 2 * sum));
    }

    /** c(α) of the Kolmogorov–Smirnov test, 1.95 at α = .001. */
    static double kolmogorovCritical() {
        return Math.sqrt(-Math.log(ALPHA / 2) / 2);
    }
}
