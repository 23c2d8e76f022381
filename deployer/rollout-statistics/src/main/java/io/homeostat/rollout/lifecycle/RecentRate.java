package io.homeostat.rollout.lifecycle;

/**
 * The share of failures among the latest requests, older ones fading: {@code rate += (x - rate) / min(n, 100)}.
 *
 * @param rate 0 to 1
 * @param count requests so far
 */
public record RecentRate(double rate, long count) {
    private static final double WINDOW = 100;

    /** Before the first request. */
    public static RecentRate start() {
        return new RecentRate(0, 0);
    }

    RecentRate observe(boolean failed) {
        return new RecentRate(rate + ((failed ? 1 : 0) - rate) / Math.min(count + 1, WINDOW), count + 1);
    }
}
