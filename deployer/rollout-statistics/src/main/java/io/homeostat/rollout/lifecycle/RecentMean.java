package io.homeostat.rollout.lifecycle;

/**
 * The mean of the latest values, older ones fading: {@code mean += (x - mean) / min(n, 100)}.
 *
 * @param mean 0 before the first value
 * @param count values so far
 */
public record RecentMean(double mean, long count) {
    /** How many values it looks back. */
    static final double WINDOW = 100;

    /** Before the first value. */
    public static RecentMean start() {
        return new RecentMean(0, 0);
    }

    RecentMean observe(double value) {
        return new RecentMean(mean + (value - mean) / Math.min(count + 1, WINDOW), count + 1);
    }
}
