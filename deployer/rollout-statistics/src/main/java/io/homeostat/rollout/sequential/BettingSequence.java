package io.homeostat.rollout.sequential;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The narrowest confidence sequence for bounded values: every mean that no bettor has refuted.
 *
 * <p>Idea: for each mean {@code m} of a grid somebody bets that the mean is another one. Where he gets rich, {@code m} is
 * not credible any more.
 *
 * <p>Inequality, for values {@code y = (x + 1) / 2} in [0, 1]: {@code m} is credible while {@code prod (1 + l_t (y - m)) <
 * 1/alpha} with {@code l_t = clip((mu - m) / (s^2 + (mu - m)^2), -.75 / (1 - m), .75 / m)}, mean {@code mu} and variance
 * {@code s^2} of the values before, begun by one half and one quarter. The interval goes to the next refuted mean on
 * either side.
 *
 * <p>Parameters: {@value #GRID} means, so that an end is given to {@code .005} of a difference; an observation costs as
 * many multiplications, so it is for reports.
 *
 * <p>Example: 1,000 differences, 50 of them 1 and 950 of them 0, in turn, give 0.03 to 0.10 at {@code alpha = 0.05}.
 *
 * <p>Reference: I. Waudby-Smith and A. Ramdas, Estimating means of bounded random variables by betting (2024).
 *
 * @param alpha probability that the mean is ever outside, inside (0, 1)
 * @param sum of the values {@code y}
 * @param squares {@code sum (y - mu)^2}, each from the mean up to it
 * @param count values so far
 * @param logWealth natural logarithm of what each bettor has
 */
public record BettingSequence(double alpha, double sum, double squares, long count, List<Double> logWealth)
        implements ConfidenceSequence {
    private static final int GRID = 400;
    private static final double MOST = .75;

    public BettingSequence {
        Bounds.alpha(alpha);
        if (logWealth.size() != GRID - 1) {
            throw new IllegalArgumentException(
                    "logWealth: " + logWealth.size() + " where " + (GRID - 1) + " are kept. Begin with a fresh state.");
        }
        logWealth = List.copyOf(logWealth);
    }

    /** Before the first value. */
    public static BettingSequence start(double alpha) {
        return new BettingSequence(alpha, 0, 0, 0, Collections.nCopies(GRID - 1, 0.0));
    }

    @Override
    public BettingSequence observe(double value) {
        Bounds.difference(value);
        double y = (value + 1) / 2;
        double mean = (.5 + sum) / (count + 1);
        double variance = (.25 + squares) / (count + 1);
        List<Double> next = new ArrayList<>(logWealth.size());
        for (int i = 0; i < logWealth.size(); i++) {
            double m = (i + 1.0) / GRID;
            double apart = mean - m;
            double stake = Math.max(-MOST / (1 - m), Math.min(MOST / m, apart / (variance + apart * apart)));
            next.add(logWealth.get(i) + Math.log1p(stake * (y - m)));
        }
        double nextMean = (.5 + sum + y) / (count + 2);
        return new BettingSequence(alpha, sum + y, squares + (y - nextMean) * (y - nextMean), count + 1, next);
    }

    @Override
    public Interval interval() {
        double refuted = -Math.log(alpha);
        int low = 0;
        while (low < logWealth.size() && logWealth.get(low) >= refuted) {
            low++;
        }
        int high = logWealth.size() - 1;
        while (high >= 0 && logWealth.get(high) >= refuted) {
            high--;
        }
        if (low > high) { // all of the grid is refuted: what is credible lies between two of its means
            return Interval.around(2 * sum / count - 1, 2.0 / GRID, -1, 1);
        }
        return new Interval(2.0 * low / GRID - 1, 2.0 * (high + 2) / GRID - 1);
    }
}
