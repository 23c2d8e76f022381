package io.homeostat.drift.statistics.twosample;

import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.distribution.GammaDistribution;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.special.Beta;
import org.apache.commons.math3.special.Gamma;

/** Tail probabilities and critical values. */
final class Tails {
    /** The level of a single test: one false alarm in a thousand. */
    static final double ALPHA = 0.001;

    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);
    private static final double QUADRATIC_FORM_FROM = 1.5365;

    private Tails() {}

    static double chiSquareP(double statistic, int freedom) {
        return statistic <= 0 ? 1 : Gamma.regularizedGammaQ(freedom / 2.0, statistic / 2);
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

    /** P(X ≥ x) of the gamma distribution with this mean and variance. */
    static double gammaP(double x, double mean, double variance) {
        return x <= 0 ? 1 : Gamma.regularizedGammaQ(mean * mean / variance, x * mean / variance);
    }

    static double gammaCritical(double mean, double variance) {
        return new GammaDistribution(null, mean * mean / variance, variance / mean)
                .inverseCumulativeProbability(1 - ALPHA);
    }

    /** A bound of P(Q ≥ ratio · E Q) for every quadratic form Q ≥ 0 of centred normal variables (Székely, Bakirov). */
    static double quadraticFormP(double ratio) {
        return ratio < QUADRATIC_FORM_FROM ? 1 : chiSquareP(ratio, 1);
    }

    /** P(X ≥ k) of a binomial distribution, continued to counts that are not whole. */
    static double binomialUpperP(double k, double trials, double probability) {
        return k <= 0 ? 1 : Beta.regularizedBeta(probability, k, trials - k + 1);
    }

    /** −log₁₀ of a p-value, at most 300. */
    static double surprise(double pValue) {
        return Math.max(0, -Math.log10(Math.max(pValue, 1e-300)));
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
