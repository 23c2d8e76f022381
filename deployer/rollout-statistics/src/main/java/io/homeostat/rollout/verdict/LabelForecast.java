package io.homeostat.rollout.verdict;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * About how many more observations a paired test needs, and how long they take.
 *
 * <p>Idea: the best bettor's log-wealth grows per pair by about {@code g = d^2 / (2 (s^2 + d^2))}, {@code d} being the
 * distance of the mean from the null hypothesis and {@code s^2} the variance. Forecast: {@code (ln(1/alpha) - ln E) /
 * g}, rounded up to two digits. No forecast below 30 pairs or while the mean is on the null's side.
 *
 * <p>Example: no difference in the mean, 6 % of pairs discordant, margin 0.01, {@code ln E = 0}: 3,700 labels. At 1,000
 * labels an hour that is 3 h 42 min.
 *
 * @param count observations so far
 * @param distance of their mean from the null hypothesis, above 0 on the side that the test is to show
 * @param variance of the observations
 * @param missingLog logarithm by which the test is short of its threshold
 */
public record LabelForecast(double count, double distance, double variance, double missingLog) {
    private static final long FEWEST = 30;
    private static final double FAR_AWAY = 1e9;

    /** Observations missing until the test rejects, if things stay as they are. */
    public OptionalLong missing() {
        if (count < FEWEST || !(distance > 0) || missingLog <= 0) {
            return OptionalLong.empty();
        }
        double squared = distance * distance;
        double labels = missingLog * 2 * (variance + squared) / squared;
        return labels > FAR_AWAY ? OptionalLong.empty() : OptionalLong.of(twoDigits(labels));
    }

    /** How long that takes at the pace so far, to the second. */
    public Optional<Duration> time(Duration elapsed) {
        OptionalLong missing = missing();
        if (missing.isEmpty() || elapsed.isZero()) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofSeconds((long) (elapsed.toSeconds() * (missing.getAsLong() / count))));
    }

    private static long twoDigits(double labels) {
        double unit = Math.pow(10, Math.max(0, Math.floor(Math.log10(labels)) - 1));
        return (long) (Math.ceil(labels / unit) * unit);
    }
}
