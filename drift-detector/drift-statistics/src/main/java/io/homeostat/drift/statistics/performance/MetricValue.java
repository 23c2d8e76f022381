package io.homeostat.drift.statistics.performance;

/**
 * A metric's value in a window.
 *
 * @param metric which
 * @param value the value
 * @param standardError how far it may be off by chance; 0 where it is not known
 * @param n rows it was taken from
 */
public record MetricValue(Metric metric, double value, double standardError, long n) {}
