package io.homeostat.drift.statistics.monitor;

import io.homeostat.drift.statistics.performance.Metric;
import io.homeostat.drift.statistics.performance.MetricValue;
import io.homeostat.drift.statistics.performance.PerformanceWindow;
import io.homeostat.drift.statistics.performance.Task;

/**
 * A metric of a window beside its bound. The standard error of a share is at least that of the bound itself: without it, two
 * rows of a class that were both missed would have none. Where a metric rests on each class (balanced accuracy, F1, AUC, the
 * macro means), its rows are those of the rarest class.
 *
 * @param value the metric
 * @param limit the least of a metric of which more is better, the most of any other
 * @param rows on which the metric rests
 */
record BoundedMetric(MetricValue value, double limit, long rows) {
    static BoundedMetric of(Task task, PerformanceWindow window, MetricValue value, double limit) {
        boolean simple = value.metric() == Metric.ACCURACY
                || task == Task.BINARY && (value.metric() == Metric.PRECISION || value.metric() == Metric.RECALL);
        return new BoundedMetric(value, limit, simple ? value.n() : window.rarest());
    }

    /** By how many standard errors the metric is beyond its bound; negative within it. */
    double beyond() {
        double gap = value.metric().higherIsBetter() ? limit - value.value() : value.value() - limit;
        double error = Math.max(value.standardError(), errorAtTheBound());
        return error > 0 ? gap / error : gap > 0 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }

    private double errorAtTheBound() {
        boolean share = isShare(value.metric()) && limit > 0 && limit < 1;
        return share ? Math.sqrt(limit * (1 - limit) / Math.max(1, rows)) : 0;
    }

    private static boolean isShare(Metric metric) {
        return switch (metric) {
            case ACCURACY, BALANCED_ACCURACY, PRECISION, RECALL, F1, AUC -> true;
            case LOG_LOSS, BRIER, CALIBRATION_ERROR, RMSE, MAE, R2 -> false;
        };
    }
}
