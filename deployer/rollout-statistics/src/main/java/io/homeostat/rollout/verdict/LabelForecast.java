package io.homeostat.rollout.verdict;

import io.homeostat.rollout.sequential.NormalMixtureSequence;
import io.homeostat.rollout.sequential.PairedBetting;
import java.util.OptionalLong;

/**
 * About how many more labels a paired test needs.
 *
 * <p>Idea: the best bettor's log-wealth grows per pair by about {@code g = d^2 / (2 (s^2 + d^2))}, {@code d} being the
 * distance of the mean from the null hypothesis and {@code s^2} the variance. Forecast: {@code (ln(1/alpha) - ln E) /
 * g}, rounded up to two digits. No forecast below 30 pairs or while the mean is on the null's side.
 *
 * <p>Example: no difference in the mean, 6 % of pairs discordant, margin 0.01, {@code ln E = 0}: 3,700 labels.
 */
public final class LabelForecast {
    private static final long FEWEST_PAIRS = 30;
    private static final double FAR_AWAY = 1e9;

    private LabelForecast() {}

    /**
     * Labels missing until the test rejects, if the difference stays as it is.
     *
     * @param test the test with its evidence so far
     * @param differences mean and variance of the same differences
     * @param alpha error budget, inside (0, 1)
     */
    public static OptionalLong missing(PairedBetting test, NormalMixtureSequence differences, double alpha) {
        double sign = test.side() == PairedBetting.Side.ABOVE ? 1 : -1;
        double distance = sign * (differences.mean() - test.bound());
        double missingLog = -Math.log(alpha) - test.logE();
        if (differences.count() < FEWEST_PAIRS || distance <= 0 || missingLog <= 0) {
            return OptionalLong.empty();
        }
        double squared = distance * distance;
        double labels = missingLog * 2 * (differences.variance() + squared) / squared;
        return labels > FAR_AWAY ? OptionalLong.empty() : OptionalLong.of(twoDigits(labels));
    }

    private static long twoDigits(double labels) {
        double unit = Math.pow(10, Math.max(0, Math.floor(Math.log10(labels)) - 1));
        return (long) (Math.ceil(labels / unit) * unit);
    }
}
