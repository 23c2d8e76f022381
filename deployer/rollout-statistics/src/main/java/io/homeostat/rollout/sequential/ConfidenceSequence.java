package io.homeostat.rollout.sequential;

/**
 * Intervals for the mean of values in [-1, 1], one after each value, that all hold at once with probability {@code 1 -
 * alpha}. States are immutable; the same values give the same intervals.
 */
public interface ConfidenceSequence {
    /**
     * One value more.
     *
     * @param value within -1 and 1
     * @throws IllegalArgumentException for any other
     */
    ConfidenceSequence observe(double value);

    /** The interval now, within [-1, 1]; all of that before the first value. */
    Interval interval();

    /** Values so far. */
    long count();
}
