package io.homeostat.rollout.sequential;

/**
 * A confidence sequence by the normal mixture.
 *
 * <p>Idea: mix the likelihood ratio over a normal prior for the mean; where it stays below {@code 1/alpha} a mean is
 * still credible.
 *
 * <p>Inequality: {@code |sum - n mu| <= sqrt((v + rho)(ln(1 + v/rho) + 2 ln(1/alpha)))} with {@code v} the sum of squared
 * deviations.
 *
 * <p>Parameters: {@code rho = 4} makes it narrowest near {@code v = 30}, some 500 pairs of which 6 % differ. As the
 * variance is estimated, the coverage is asymptotic: read it as a report, and decide with {@link PairedBetting}, which
 * is exact.
 *
 * <p>Example: 1,000 differences with mean 0.02 and variance 0.06 give 0.02 +- 0.024 at {@code alpha = 0.05}.
 *
 * <p>References: S. Howard, A. Ramdas, J. McAuliffe, J. Sekhon, Time-uniform, nonparametric, nonasymptotic confidence
 * sequences (2021).
 *
 * @param alpha probability that the mean is ever outside, inside (0, 1)
 * @param moments of the values so far
 */
public record NormalMixtureSequence(double alpha, Moments moments) implements ConfidenceSequence {
    private static final double RHO = 4;

    public NormalMixtureSequence {
        Bounds.alpha(alpha);
    }

    /** Before the first value. */
    public static NormalMixtureSequence start(double alpha) {
        return new NormalMixtureSequence(alpha, Moments.none());
    }

    @Override
    public NormalMixtureSequence observe(double value) {
        Bounds.difference(value);
        return new NormalMixtureSequence(alpha, moments.observe(value));
    }

    @Override
    public long count() {
        return moments.count();
    }

    @Override
    public Interval interval() {
        if (count() == 0) {
            return new Interval(-1, 1);
        }
        double v = moments.squares();
        double boundary = Math.sqrt((v + RHO) * (Math.log1p(v / RHO) - 2 * Math.log(alpha)));
        return Interval.around(moments.mean(), boundary / count(), -1, 1);
    }
}
