package io.homeostat.worker.snapshot;

import io.homeostat.backbone.event.Snapshot;
import io.homeostat.backbone.spec.Metrics;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.model.lightgbm.BoosterTraining;
import io.homeostat.worker.task.TaskFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A snapshot's rows in memory, oldest first; its parts are views. */
public final class Dataset {
    private static final int FEWEST_TO_FIT = 100;

    private final Snapshot snapshot;
    private final List<Map<String, Object>> features = new ArrayList<>();
    private final List<String> labels = new ArrayList<>();
    private final List<Instant> times = new ArrayList<>();

    Dataset(Snapshot snapshot, List<Row> rows) {
        this.snapshot = snapshot;
        for (Row row : rows) {
            features.add(row.features());
            labels.add(row.label());
            times.add(row.time());
        }
    }

    /**
     * Checks that the objective can be told on the rows that judge: of one class alone there is no AUC. Errors: {@link TaskFailure}
     * that says of which rows.
     */
    void checkJudged(ModelSpec spec) {
        if (spec.retune().objective(spec.task()).equals(Metrics.AUC)) {
            checkBothClasses("validation", validation().labels(), spec.positive());
            checkBothClasses("hold-out", holdout().labels(), spec.positive());
        }
    }

    private static void checkBothClasses(String part, List<String> labels, String positive) {
        long positives = labels.stream().filter(positive::equals).count();
        if (positives == 0 || positives == labels.size()) {
            throw TaskFailure.forGood(
                    "there is no auc of one class: of the " + labels.size() + " rows of the " + part + " "
                            + positives + " have the label '" + positive
                            + "'. Wait for labels of both classes, or name another metric in retune.objectives, like logLoss.");
        }
    }

    /** Its description. */
    public Snapshot snapshot() {
        return snapshot;
    }

    /** Every label that occurs. */
    public List<String> labels() {
        return labels;
    }

    /** When each row was predicted. */
    public List<Instant> times() {
        return times;
    }

    /** The rows that the search is judged on. */
    public BoosterTraining.Rows validation() {
        return part(snapshot.training(), snapshot.training() + snapshot.validation());
    }

    /** The newest rows, which the winner is confirmed on. */
    public BoosterTraining.Rows holdout() {
        return part(snapshot.rows() - snapshot.holdout(), snapshot.rows());
    }

    /** The newest share of the training rows, at least 100. */
    public BoosterTraining.Rows toSearch(double share) {
        return newest(snapshot.training(), share);
    }

    /** The newest share of training and validation rows, at least 100. */
    public BoosterTraining.Rows toConfirm(double share) {
        return newest(snapshot.training() + snapshot.validation(), share);
    }

    /** The newest share of all rows, at least 100. */
    public BoosterTraining.Rows toServe(double share) {
        return newest(snapshot.rows(), share);
    }

    /** Rows by place. */
    public BoosterTraining.Rows part(int from, int until) {
        return new BoosterTraining.Rows(features.subList(from, until), labels.subList(from, until));
    }

    private BoosterTraining.Rows newest(int until, double share) {
        int count = Math.min(until, Math.max(FEWEST_TO_FIT, (int) Math.round(share * until)));
        return part(until - count, until);
    }
}
