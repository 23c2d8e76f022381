package io.homeostat.drift.statistics.estimation;

import io.homeostat.drift.statistics.performance.Metric;
import io.homeostat.drift.statistics.performance.MetricValue;
import io.homeostat.drift.statistics.performance.PerformanceWindow;
import java.util.List;
import java.util.Optional;

/** What a metric was on the reference, and how far from it a chunk may be by chance. */
final class Thresholds {
    private static final double STANDARD_ERRORS = 3;

    private final PerformanceWindow reference;
    private final List<MetricValue> values;

    Thresholds(PerformanceWindow reference) {
        this.reference = reference;
        this.values = reference.metrics();
    }

    long rows() {
        return reference.n();
    }

    /** Adds the metric, if both the chunk and the reference define it. */
    void add(List<EstimatedMetric> to, Metric metric, Optional<Expected> expected, long n) {
        Optional<MetricValue> known =
                values.stream().filter(v -> v.metric() == metric).findFirst();
        if (expected.isEmpty() || known.isEmpty()) {
            return;
        }
        double value = expected.get().value();
        double error = Math.sqrt(Math.max(0, expected.get().variance()));
        double half = STANDARD_ERRORS * known.get().standardError() * Math.sqrt((double) rows() / n);
        double middle = known.get().value();
        to.add(new EstimatedMetric(metric, value, error, n, middle - half, middle + half));
    }

    byte[] toBytes() {
        return reference.toBytes();
    }

    static Thresholds fromBytes(byte[] bytes) {
        return new Thresholds(PerformanceWindow.fromBytes(bytes));
    }
}
