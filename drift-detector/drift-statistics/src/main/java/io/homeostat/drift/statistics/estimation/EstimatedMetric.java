package io.homeostat.drift.statistics.estimation;

import io.homeostat.drift.statistics.performance.Metric;

/**
 * A metric's value as it is expected to turn out once the labels are known.
 *
 * @param metric which
 * @param value the expected value, finite
 * @param standardError how far the value by labels may be off it: the labels' chance and that of the reference
 * @param n rows without labels it was taken from
 * @param lower the reference's value − 3 standard errors of as many rows
 * @param upper the reference's value + 3 standard errors of as many rows
 */
public record EstimatedMetric(Metric metric, double value, double standardError, long n, double lower, double upper) {
    /** Whether the value is out of its thresholds. */
    public boolean outside() {
        return value < lower || value > upper;
    }
}
