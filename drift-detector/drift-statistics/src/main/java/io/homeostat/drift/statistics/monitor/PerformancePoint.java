package io.homeostat.drift.statistics.monitor;

import io.homeostat.drift.statistics.performance.MetricValue;
import java.time.Instant;
import java.util.Optional;

/**
 * A metric's value in a window of labelled rows.
 *
 * @param slice whose rows; empty for all together
 */
public record PerformancePoint(Instant from, Instant to, Optional<Slice> slice, MetricValue value) {}
