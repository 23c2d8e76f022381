package io.homeostat.backbone.spec;

import io.homeostat.backbone.serde.Check;
import java.util.List;

/** The metrics that a model can be watched, tuned and judged by, per task. */
public final class Metrics {
    public static final String ACCURACY = "accuracy";
    public static final String AUC = "auc";
    public static final String LOG_LOSS = "logLoss";
    public static final String RMSE = "rmse";
    public static final String MAE = "mae";

    private Metrics() {}

    /** The metrics of a task; the first is its default objective. */
    public static List<String> of(TaskKind task) {
        return switch (task) {
            case BINARY -> List.of(ACCURACY, AUC, LOG_LOSS);
            case MULTICLASS -> List.of(ACCURACY, LOG_LOSS);
            case REGRESSION -> List.of(RMSE, MAE);
        };
    }

    /** Whether more of it is better. */
    public static boolean higherIsBetter(String metric) {
        return metric.equals(ACCURACY) || metric.equals(AUC);
    }

    static void check(String path, String metric, TaskKind task) {
        Check.that(
                of(task).contains(metric),
                path,
                "'" + metric + "' is not a metric of a " + task.name().toLowerCase(java.util.Locale.ROOT)
                        + " model; choose one of " + String.join(", ", of(task)));
    }
}
