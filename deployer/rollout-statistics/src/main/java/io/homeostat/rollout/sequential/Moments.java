package io.homeostat.rollout.sequential;

/**
 * Count, mean and spread of values, by Welford's update, which loses no digits however many there are.
 *
 * @param count values so far
 * @param mean their mean, 0 while there are none
 * @param squares their sum of squared deviations from the mean
 */
public record Moments(long count, double mean, double squares) {
    /** Before the first value. */
    public static Moments none() {
        return new Moments(0, 0, 0);
    }

    /** One value more. */
    public Moments observe(double value) {
        double fromOld = value - mean;
        double next = mean + fromOld / (count + 1);
        return new Moments(count + 1, next, squares + fromOld * (value - next));
    }

    /** These values and others. */
    public Moments and(Moments other) {
        long both = count + other.count;
        if (both == 0) {
            return this;
        }
        double apart = other.mean - mean;
        double share = (double) other.count / both;
        return new Moments(both, mean + apart * share, squares + other.squares + apart * apart * count * share);
    }

    /** Variance of the values, 0 while there are none. */
    public double variance() {
        return count == 0 ? 0 : squares / count;
    }
}
