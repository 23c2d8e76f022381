package io.homeostat.rollout.sequential;

/**
 * A confidence sequence that is valid in the limit, after a burn-in.
 *
 * <p>Idea: for many values their mean is nearly normal with the estimated variance, whatever their distribution; the
 * mixture boundary of a normal walk then holds at all times after the first.
 *
 * <p>Inequality: {@code |mean - mu| <= s sqrt(2 (n rho^2 + 1) / (n^2 rho^2) ln(sqrt(n rho^2 + 1) / alpha))}.
 *
 * <p>Parameters: {@code rho = .04} makes it narrowest near 5,000 values at {@code alpha = .05}. Before {@value #BURN_IN}
 * values it says nothing, as the normal limit is not reached: rare differences would be taken for none at all.
 *
 * <p>Example: 1,000 differences with mean 0.02 and variance 0.06 give 0.02 +- 0.026 at {@code alpha = 0.05}.
 *
 * <p>Reference: I. Waudby-Smith, D. Arbour, R. Sinha, E. Kennedy, A. Ramdas, Time-uniform central limit theory and
 * asymptotic confidence sequences (2024).
 *
 * @param alpha probability that the mean is ever outside, inside (0, 1)
 * @param moments of the values so far
 */
public record AsymptoticSequence(double alpha, Moments moments) implements ConfidenceSequence {
    /** Values before which nothing is said. */
    public static final long BURN_IN = 500;

    private static final double RHO_SQUARED = .04 * .04;

    public AsymptoticSequence {
        Bounds.alpha(alpha);
    }

    /** Before the first value. */
    public static AsymptoticSequence start(double alpha) {
        return new AsymptoticSequence(alpha, Moments.none());
    }

    @Override
    public AsymptoticSequence observe(double value) {
        Bounds.difference(value);
        return new AsymptoticSequence(alpha, moments.observe(value));
    }

    @Override
    public long count() {
        return moments.count();
    }

    @Override
    public Interval interval() {
        double n = count();
        if (n < BURN_IN) {
            return new Interval(-1, 1);
        }
        double grown = n * RHO_SQUARED + 1;
        double halfWidth =
                Math.sqrt(moments.variance() * 2 * grown / (n * n * RHO_SQUARED) * Math.log(Math.sqrt(grown) / alpha));
        return Interval.around(moments.mean(), halfWidth, -1, 1);
    }
}
