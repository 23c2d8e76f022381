package io.homeostat.rollout.sequential;

/**
 * A confidence sequence for a mean: intervals that all hold at once with probability {@code 1 - alpha}, for reports.
 *
 * <p>Idea: mix the likelihood ratio over a normal prior for the mean; where it stays below {@code 1/alpha} a mean is
 * still credible. Inequality: {@code |sum - n mu| <= sqrt((v + rho)(ln(1 + v/rho) + 2 ln(1/alpha)))} with {@code v} the
 * sum of squared deviations; {@code rho = 4} makes it narrowest near {@code v = 30}, some 500 pairs of which 6 %
 * differ. As the variance is estimated, the coverage is asymptotic: read it as a report from about 500 values on and
 * decide with {@link PairedBetting}, which is exact.
 *
 * <p>Example: 1,000 differences with mean 0.02 and variance 0.06 give 0.02 +- 0.024 at {@code alpha = 0.05}.
 *
 * <p>References: S. Howard, A. Ramdas, J. McAuliffe, J. Sekhon (2021); I. Waudby-Smith et al., Time-uniform central
 * limit theory (2024).
 *
 * @param count values so far
 * @param mean their mean
 * @param squares their sum of squared deviations from the mean
 */
public record NormalMixtureSequence(long count, double mean, double squares) {
    private static final double RHO = 4;

    /** Before the first value. */
    public static NormalMixtureSequence start() {
        return new NormalMixtureSequence(0, 0, 0);
    }

    /** One value more. */
    public NormalMixtureSequence observe(double value) {
        double fromOld = value - mean;
        double next = mean + fromOld / (count + 1);
        return new NormalMixtureSequence(count + 1, next, squares + fromOld * (value - next));
    }

    /** Variance of the values, 0 while there are none. */
    public double variance() {
        return count == 0 ? 0 : squares / count;
    }

    /**
     * The interval now, within [-1, 1].
     *
     * @param alpha probability that the mean is ever outside, inside (0, 1)
     */
    public Interval interval(double alpha) {
        if (count == 0) {
            return new Interval(-1, 1);
        }
        double boundary = Math.sqrt((squares + RHO) * (Math.log1p(squares / RHO) - 2 * Math.log(alpha)));
        return new Interval(Math.max(-1, mean - boundary / count), Math.min(1, mean + boundary / count));
    }

    /** The means that are still credible, from low to high. */
    public record Interval(double low, double high) {}
}
