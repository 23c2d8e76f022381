package io.homeostat.rollout.verdict;

import io.homeostat.rollout.sequential.Moments;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * What a decision may cost, by Bayes' rule; for reports, not for decisions.
 *
 * <p>Idea: believe before the first label that the mean difference is normal around 0 with a deviation of {@value #PRIOR};
 * after the labels it is normal again. The expected loss of promoting is the mean of what is lost where the candidate is
 * worse.
 *
 * <p>Formula: precision {@code 1/t^2 = n/s^2 + 1/prior^2}, mean {@code m = t^2 n x / s^2}; {@code loss(promote) = t phi(m/t)
 * - m Phi(-m/t)}, {@code loss(keep)} the same with {@code -m}.
 *
 * <p>Example: 1,000 differences with mean .01 and variance .06 give a chance of .90 that the candidate is better, and an
 * expected loss of .0004 by promoting, .010 by keeping.
 *
 * <p>Reference: C. Stucchio, Bayesian A/B testing at VWO (2015).
 *
 * @param chanceBetter probability that the candidate is better, 0 to 1
 * @param ofPromoting mean loss if it is promoted, in the unit of the differences
 * @param ofKeeping mean loss if the champion is kept
 */
public record ExpectedLoss(double chanceBetter, double ofPromoting, double ofKeeping) {
    private static final double PRIOR = .05;
    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

    /** After these differences. */
    public static ExpectedLoss after(Moments differences) {
        // one difference of each sign in a thousand is believed in, so that equal ones do not look certain
        double variance = Math.max(differences.variance(), .002);
        double precision = differences.count() / variance + 1 / (PRIOR * PRIOR);
        double mean = differences.count() * differences.mean() / variance / precision;
        double deviation = 1 / Math.sqrt(precision);
        return new ExpectedLoss(
                NORMAL.cumulativeProbability(mean / deviation), loss(mean, deviation), loss(-mean, deviation));
    }

    private static double loss(double mean, double deviation) {
        double z = mean / deviation;
        return deviation * NORMAL.density(z) - mean * NORMAL.cumulativeProbability(-z);
    }
}
