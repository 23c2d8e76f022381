package io.homeostat.drift.statistics.monitor;

import io.homeostat.drift.statistics.performance.MetricValue;
import java.time.Instant;

/** A metric's value in a window of labelled rows. */
public record PerformancePoint(Instant from, Instant to, MetricValue value) {}
