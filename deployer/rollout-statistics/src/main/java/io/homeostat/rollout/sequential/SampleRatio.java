package io.homeostat.rollout.sequential;

import io.homeostat.rollout.routing.UnitSample;
import org.apache.commons.math3.special.Beta;

/**
 * Checks whether the candidate gets the share of units that it was given, after every unit.
 *
 * <p>Idea: a share that is off means that requests or events of one arm get lost, and then nothing that compares the arms
 * can be believed. Each unit counts once, at its first request, since units stick to their arm.
 *
 * <p>Inequality: reject "the share is w" at {@code E >= 1/alpha}; for {@code c} units of the candidate and {@code s} of the
 * champion while {@code w} was in force {@code E = B(a + c, b + s) / (B(a, b) w^c (1-w)^s)} with {@code a = 1000 w, b =
 * 1000 (1 - w)}; for several weights the product.
 *
 * <p>Parameters: {@code alpha = } {@value #ALPHA}. The units are a sample that gets thinner ({@link UnitSample}), so
 * memory is bounded.
 *
 * <p>Example: at {@code w = .5}, 600 of 1,000 units give {@code E = 3e4}; 530 of them give 1.9.
 *
 * <p>Reference: M. Lindon and A. Malek, Anytime-valid inference for multinomial count data (2022).
 *
 * @param units who has been counted
 * @param weight the share in force at the latest unit
 * @param candidate units of the candidate at that weight
 * @param stable units of the champion at that weight
 * @param earlierLogE what the weights before have said
 * @param logE the natural logarithm of the e-value
 */
public record SampleRatio(UnitSample units, double weight, long candidate, long stable, double earlierLogE, double logE)
        implements EProcess {
    /** Error budget of the check. */
    public static final double ALPHA = .001;

    private static final double PRIOR_UNITS = 1000;

    /** Before the first unit. */
    public static SampleRatio start() {
        return new SampleRatio(UnitSample.none(), 0, 0, 0, 0, 0);
    }

    /**
     * A request; one that tells nothing leaves the state as it is.
     *
     * @param unitId whose
     * @param toCandidate whether the unit was given to the candidate
     * @param share the candidate's share in force, 0 to 1; at 0 and 1 there is nothing to check
     */
    public SampleRatio observe(String unitId, boolean toCandidate, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share: " + share + " is not within 0 and 1.");
        }
        if (share == 0 || share == 1) {
            return this;
        }
        UnitSample next = units.plus(unitId);
        if (next == units) {
            return this;
        }
        boolean same = share == weight;
        long candidates = (same ? candidate : 0) + (toCandidate ? 1 : 0);
        long stables = (same ? stable : 0) + (toCandidate ? 0 : 1);
        double earlier = same ? earlierLogE : logE;
        return new SampleRatio(next, share, candidates, stables, earlier, earlier + logE(share, candidates, stables));
    }

    private static double logE(double share, long candidates, long stables) {
        double a = PRIOR_UNITS * share;
        double b = PRIOR_UNITS * (1 - share);
        return Beta.logBeta(a + candidates, b + stables)
                - Beta.logBeta(a, b)
                - candidates * Math.log(share)
                - stables * Math.log1p(-share);
    }

    /** Whether the share is not what it should be. */
    public boolean skewed() {
        return rejects(ALPHA);
    }
}
