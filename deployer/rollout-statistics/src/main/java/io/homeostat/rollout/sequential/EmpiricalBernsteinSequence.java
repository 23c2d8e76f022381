package io.homeostat.rollout.sequential;

/**
 * A confidence sequence for bounded values that is exact at every sample size and narrow where the variance is small.
 *
 * <p>Idea: weigh each value by a predicted stake {@code lambda}, chosen from the variance of the earlier ones, and bound
 * the weighted sum by a supermartingale in the empirical variance.
 *
 * <p>Inequality, for values {@code y = (x + 1) / 2} in [0, 1]: {@code |sum(l y)/sum(l) - mu| <= (ln(2/alpha) + sum((y -
 * m)^2 (-ln(1 - l) - l))) / sum(l)}, {@code l_t = min(1/2, sqrt(2 ln(2/alpha) / (s^2 t ln(1 + t))))}, with mean {@code m}
 * and variance {@code s^2} of the values before, begun by one half and one quarter.
 *
 * <p>Example: 1,000 differences, 50 of them 1 and 950 of them 0, in turn, give 0.05 +- 0.025 at {@code alpha = 0.05}.
 *
 * <p>Reference: I. Waudby-Smith and A. Ramdas, Estimating means of bounded random variables by betting (2024), theorem 2.
 *
 * @param alpha probability that the mean is ever outside, inside (0, 1)
 * @param sum of the values {@code y}
 * @param squares {@code sum (y - m)^2}, each from the mean up to it
 * @param stakes {@code sum l}
 * @param staked {@code sum l y}
 * @param spread {@code sum (y - m)^2 (-ln(1 - l) - l)}
 * @param count values so far
 */
public record EmpiricalBernsteinSequence(
        double alpha, double sum, double squares, double stakes, double staked, double spread, long count)
        implements ConfidenceSequence {
    private static final double LARGEST_STAKE = .5;

    public EmpiricalBernsteinSequence {
        Bounds.alpha(alpha);
    }

    /** Before the first value. */
    public static EmpiricalBernsteinSequence start(double alpha) {
        return new EmpiricalBernsteinSequence(alpha, 0, 0, 0, 0, 0, 0);
    }

    @Override
    public EmpiricalBernsteinSequence observe(double value) {
        Bounds.difference(value);
        double y = (value + 1) / 2;
        double mean = (.5 + sum) / (count + 1);
        double variance = (.25 + squares) / (count + 1);
        long t = count + 1;
        double stake = Math.min(LARGEST_STAKE, Math.sqrt(2 * Math.log(2 / alpha) / (variance * t * Math.log1p(t))));
        double nextMean = (.5 + sum + y) / (t + 1);
        return new EmpiricalBernsteinSequence(
                alpha,
                sum + y,
                squares + (y - nextMean) * (y - nextMean),
                stakes + stake,
                staked + stake * y,
                spread + (y - mean) * (y - mean) * (-Math.log1p(-stake) - stake),
                t);
    }

    @Override
    public Interval interval() {
        if (count == 0) {
            return new Interval(-1, 1);
        }
        double halfWidth = (Math.log(2 / alpha) + spread) / stakes;
        return Interval.around(2 * staked / stakes - 1, 2 * halfWidth, -1, 1);
    }
}
