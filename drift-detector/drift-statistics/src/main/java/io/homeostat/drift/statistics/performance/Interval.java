package io.homeostat.drift.statistics.performance;

/**
 * Where a metric's true value lies, with 95 % confidence.
 *
 * @param low the lower end
 * @param high the upper end, at least the lower
 * @param validity when the confidence holds
 */
public record Interval(double low, double high, Validity validity) {
    /** The confidence of every interval. */
    public static final double CONFIDENCE = 0.95;

    private static final double NORMAL_QUANTILE = 1.959963984540054;

    /** When an interval's confidence holds. */
    public enum Validity {
        /** However often one looks while rows arrive: a confidence sequence, also for few rows. */
        ANYTIME,
        /** At one look fixed beforehand, and for many rows: a normal approximation. */
        FIXED_TIME
    }

    /** Checks the order of the ends. */
    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("interval: low " + low + " is not at most high " + high + ".");
        }
    }

    /** The fixed-time interval value ± 1.96 standard errors, cut to the metric's range. */
    static Interval fixedTime(double value, double standardError, double least, double most) {
        double half = NORMAL_QUANTILE * standardError;
        return new Interval(Math.max(least, value - half), Math.min(most, value + half), Validity.FIXED_TIME);
    }
}
