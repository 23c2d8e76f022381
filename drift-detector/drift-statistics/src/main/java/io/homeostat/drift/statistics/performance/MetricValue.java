package io.homeostat.drift.statistics.performance;

/**
 * A metric's value in a window.
 *
 * @param metric which
 * @param value the value, finite
 * @param standardError how far it may be off by chance; 0 where it is not known
 * @param n rows it was taken from
 * @param interval where the true value lies with 95 % confidence, and when that holds
 */
public record MetricValue(Metric metric, double value, double standardError, long n, Interval interval) {
    /** A value in [least, most] with a fixed-time interval of ± 1.96 standard errors. */
    static MetricValue fixedTime(Metric metric, double value, double standardError, long n, double least, double most) {
        return new MetricValue(metric, value, standardError, n, Interval.fixedTime(value, standardError, least, most));
    }
}
