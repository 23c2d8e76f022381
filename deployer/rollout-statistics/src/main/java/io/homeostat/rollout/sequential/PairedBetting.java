package io.homeostat.rollout.sequential;

import java.util.List;

/**
 * Tests on which side of a value the mean of paired differences lies, valid at every look.
 *
 * <p>Idea: both versions answer the same request, so each label gives one difference {@code x} in [-1, 1], the
 * candidate's gain over the champion: right or wrong gives -1, 0 or 1, a scaled loss anything between. A bettor stakes
 * the share {@code lambda} of a wealth of 1 against the null hypothesis; if that is true the wealth does not grow on
 * average, so it reaches {@code 1/alpha} with a probability of at most {@code alpha}, ever.
 *
 * <p>Decision: reject when {@code E >= 1/alpha}, {@code E} being the mixture (parts {@link #PARTS}) over {@code lambda} in {0.02, 0.05,
 * 0.1, 0.2, 0.4, 0.7, 0.95} (divided by the largest possible loss) of {@code prod (1 + lambda s (x - m))} with
 * {@code s = 1} against "mean at most m" and {@code s = -1} against "mean at least m". A mixture needs no estimate of
 * the variance and costs at most {@code -ln(part)} against its best member. For {@code x} in {-1, 0, 1} and {@code m = 0}
 * pairs without a difference change nothing, like in {@link McNemar}. The order of the pairs makes no difference, so two
 * tests over different pairs can be put {@linkplain #and together}. A label of a request that one side alone answered is an
 * estimate with a wider range ({@link io.homeostat.rollout.lifecycle.RolloutInput.SingleOutcome}).
 *
 * <p>Assumption: the mean of a difference given the past is on the null's side; correlated labels of one unit break
 * that, so count one pair of each. Example: 20 discordant pairs, all in favour of the candidate, give {@code
 * superiority()} an e-value of 6e4.
 *
 * <p>References: I. Waudby-Smith and A. Ramdas, Estimating means of bounded random variables by betting (2024); Q.
 * McNemar (1947).
 *
 * @param bound the mean {@code m} of the null hypothesis, inside (-1, 1)
 * @param side where the mean is if the null hypothesis is wrong
 * @param wealths what the bettors have, in the order of the stakes
 */
public record PairedBetting(double bound, Side side, Wealths wealths) implements EProcess {
    /** The stakes of the mixture, as shares of the largest that cannot lose everything. */
    public static final List<Double> STAKES = List.of(0.02, 0.05, 0.1, 0.2, 0.4, 0.7, 0.95);

    /**
     * The part of the wealth behind each stake. The middle has most: it wins soonest where differences of one to five
     * points are to be found and some 3 to 20 % of the pairs differ.
     */
    public static final List<Double> PARTS = List.of(.03, .06, .15, .2, .3, .18, .08);

    private static final double[] SHARES =
            STAKES.stream().mapToDouble(Double::doubleValue).toArray();
    private static final double[] WEIGHTS =
            PARTS.stream().mapToDouble(Double::doubleValue).toArray();

    /** Where the mean lies if the null hypothesis is wrong. */
    public enum Side {
        ABOVE,
        BELOW
    }

    public PairedBetting {
        if (!(bound > -1 && bound < 1)) {
            throw new IllegalArgumentException("bound: " + bound + " is not inside -1 and 1, where differences lie.");
        }
        if (wealths.size() != SHARES.length) {
            throw new IllegalArgumentException(
                    "wealths: " + wealths.size() + " where " + SHARES.length + " are kept. Begin with a fresh state.");
        }
    }

    /** Shows that the candidate is better: against "mean at most 0". */
    public static PairedBetting superiority() {
        return start(0, Side.ABOVE);
    }

    /**
     * Shows that the candidate is not worse by the margin or more: against "mean at most -margin".
     *
     * @param margin accepted loss in the unit of the differences, 0 up to below 1, such as 0.01 for one point
     */
    public static PairedBetting nonInferiority(double margin) {
        return start(0.0 - margin, Side.ABOVE);
    }

    /** Shows that the candidate is worse: against "mean at least 0". */
    public static PairedBetting harm() {
        return start(0, Side.BELOW);
    }

    private static PairedBetting start(double bound, Side side) {
        return new PairedBetting(bound, side, Wealths.even(SHARES.length));
    }

    /**
     * One labelled pair.
     *
     * @param difference the candidate's gain over the champion, -1 to 1
     */
    public PairedBetting observe(double difference) {
        if (!(difference >= -1 && difference <= 1)) {
            throw new IllegalArgumentException(
                    "difference: " + difference + " is not within -1 and 1. Scale and clip it first.");
        }
        return observe(difference, -1, 1);
    }

    /**
     * One unbiased estimate of the mean gain, from a range of its own.
     *
     * @param estimate within the range
     * @param lowest the least that it could have been, at most -1; known before it is looked at
     * @param highest the most, at least 1
     */
    public PairedBetting observe(double estimate, double lowest, double highest) {
        double gain = side == Side.ABOVE ? estimate - bound : bound - estimate;
        double most = side == Side.ABOVE ? bound - lowest : highest - bound;
        return gain == 0 ? this : with(wealths.bet(SHARES, gain / most));
    }

    /** What this test and another of the same hypothesis, over other pairs, say together. */
    public PairedBetting and(PairedBetting other) {
        return with(wealths.and(other.wealths));
    }

    private PairedBetting with(Wealths next) {
        return new PairedBetting(bound, side, next);
    }

    @Override
    public double logE() {
        return wealths.logMean(WEIGHTS);
    }
}
