package io.homeostat.backbone.spec;

import io.homeostat.backbone.serde.Check;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The metrics that a model can be watched by, and those of them that it can also be tuned and judged by, per task: an
 * objective must be computed the same way by workers and live, row by row or by ranks.
 */
public final class Metrics {
    public static final String ACCURACY = "accuracy";
    public static final String AUC = "auc";
    public static final String LOG_LOSS = "logLoss";
    public static final String RMSE = "rmse";
    public static final String MAE = "mae";
    public static final String BALANCED_ACCURACY = "balancedAccuracy";
    public static final String PRECISION = "precision";
    public static final String RECALL = "recall";
    public static final String F1 = "f1";
    public static final String BRIER = "brier";
    public static final String CALIBRATION_ERROR = "calibrationError";
    public static final String R2 = "r2";

    private static final Set<String> HIGHER_IS_BETTER =
            Set.of(ACCURACY, AUC, BALANCED_ACCURACY, PRECISION, RECALL, F1, R2);

    private Metrics() {}

    /** The metrics that a task can have as its objective; the first is the default. */
    public static List<String> of(TaskKind task) {
        return switch (task) {
            case BINARY -> List.of(ACCURACY, AUC, LOG_LOSS);
            case MULTICLASS -> List.of(ACCURACY, LOG_LOSS);
            case REGRESSION -> List.of(RMSE, MAE);
        };
    }

    /** The metrics of a task that can have a bound per window: its objectives first, then the others. */
    public static List<String> watched(TaskKind task) {
        return switch (task) {
            case BINARY ->
                List.of(ACCURACY, AUC, LOG_LOSS, BALANCED_ACCURACY, PRECISION, RECALL, F1, BRIER, CALIBRATION_ERROR);
            case MULTICLASS ->
                List.of(ACCURACY, LOG_LOSS, BALANCED_ACCURACY, PRECISION, RECALL, F1, AUC, BRIER, CALIBRATION_ERROR);
            case REGRESSION -> List.of(RMSE, MAE, R2);
        };
    }

    /** Whether more of it is better. */
    public static boolean higherIsBetter(String metric) {
        return HIGHER_IS_BETTER.contains(metric);
    }

    /** Whether its values are shares, 0 to 1. */
    static boolean isShare(String metric) {
        return (higherIsBetter(metric) && !metric.equals(R2)) || metric.equals(CALIBRATION_ERROR);
    }

    /** Checks that a metric can be a task's objective. */
    static void check(String path, String metric, TaskKind task) {
        check(path, metric, task, "an objective", of(task));
    }

    /** Checks that a metric of a task can have a bound. */
    static void checkWatched(String path, String metric, TaskKind task) {
        check(path, metric, task, "a metric", watched(task));
    }

    private static void check(String path, String metric, TaskKind task, String role, List<String> known) {
        Check.that(
                known.contains(metric),
                path,
                "'" + metric + "' is not " + role + " of a " + task.name().toLowerCase(Locale.ROOT)
                        + " model; choose one of " + String.join(", ", known));
    }
}
