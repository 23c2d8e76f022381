package io.homeostat.study.gp;

/**
 * How much a point promises where less is better, given what a process expects there. The larger the better.
 *
 * <p>References: D. Jones et al., Efficient Global Optimization of Expensive Black-Box Functions, J. Global Optim. 13, 1998;
 * S. Ament et al., Unexpected Improvements to Expected Improvement, NeurIPS 2023; N. Srinivas et al., Gaussian Process
 * Optimization in the Bandit Setting, ICML 2010.
 */
public enum Acquisition {
    /** ln of the expected improvement: the same order, with slopes that can be followed where it is next to nothing. */
    LOG_EI {
        @Override
        Score of(double z, double deviation, double beta) {
            double h = logImprovement(z);
            double byMean = -Math.exp(logProbability(z) - h) / deviation;
            return new Score(Math.log(deviation) + h, byMean, Math.exp(logDensity(z) - h) / deviation);
        }
    },
    /** The expected improvement. */
    EI {
        @Override
        Score of(double z, double deviation, double beta) {
            double byMean = -Math.exp(logProbability(z));
            return new Score(deviation * Math.exp(logImprovement(z)), byMean, Math.exp(logDensity(z)));
        }
    },
    /** The confidence bound: −mean + β·deviation. */
    UCB {
        @Override
        Score of(double z, double deviation, double beta) {
            return new Score((z + beta) * deviation, -1, beta);
        }
    };

    private static final double LOG_ROOT_TWO_PI = 0.5 * Math.log(2 * Math.PI);
    private static final double FAR = -10;

    /**
     * What a point promises.
     *
     * @param value the more the better
     * @param byMean how it changes with the expected value
     * @param byDeviation how it changes with the deviation
     */
    public record Score(double value, double byMean, double byDeviation) {}

    /**
     * The score of a point.
     *
     * @param z by how many deviations its mean is below the best value
     * @param deviation of the prediction, above 0
     * @param beta of UCB, else ignored
     */
    abstract Score of(double z, double deviation, double beta);

    /** The score of a point: what is expected there, beside the best value so far. */
    public Score of(GaussianProcess.Prediction expected, double best, double beta) {
        return of((best - expected.mean()) / expected.deviation(), expected.deviation(), beta);
    }

    /** ln(φ(z) + z·Φ(z)). */
    static double logImprovement(double z) {
        if (z < FAR) {
            double s = 1 / (z * z);
            return logDensity(z) + Math.log(s * (1 - 3 * s + 15 * s * s - 105 * s * s * s));
        }
        return z > 6 ? Math.log(z) : logDensity(z) + Math.log(1 + z * mills(z));
    }

    static double logDensity(double z) {
        return -z * z / 2 - LOG_ROOT_TWO_PI;
    }

    /** ln Φ(z). */
    public static double logProbability(double z) {
        if (z > 6) {
            return 0;
        }
        return logDensity(z) + Math.log(mills(z));
    }

    /** dlnΦ/dz = φ/Φ. */
    public static double logProbabilitySlope(double z) {
        return z > 6 ? 0 : 1 / mills(z);
    }

    /** Φ(z)/φ(z), with a relative error below 1e-6: the fit of erfc in W. Press et al., Numerical Recipes, 6.2. */
    static double mills(double z) {
        double x = Math.abs(z) / Math.sqrt(2);
        double t = 1 / (1 + x / 2);
        double p = -1.26551223
                + t
                        * (1.00002368
                                + t
                                        * (0.37409196
                                                + t
                                                        * (0.09678418
                                                                + t
                                                                        * (-0.18628806
                                                                                + t
                                                                                        * (0.27886807
                                                                                                + t
                                                                                                        * (-1.13520398
                                                                                                                + t
                                                                                                                        * (1.48851587
                                                                                                                                + t
                                                                                                                                        * (-0.82215223
                                                                                                                                                + t
                                                                                                                                                        * 0.17087277))))))));
        double tail = t * Math.exp(p) / 2 * Math.sqrt(2 * Math.PI); // of −|z|
        if (z <= 0) {
            return tail;
        }
        return Math.exp(-logDensity(z)) - tail;
    }
}
