package io.homeostat.drift.statistics.sequential;

/**
 * A change that was found.
 *
 * @param index the estimated first observation after the change, counted from 1
 * @param detectedAt the observation at which it was found
 * @param before mean loss before the change
 * @param after mean loss after it
 * @param statistic what passed the threshold
 */
public record Change(long index, long detectedAt, double before, double after, double statistic) {
    /** Whether the loss rose. */
    public boolean isIncrease() {
        return after > before;
    }
}
