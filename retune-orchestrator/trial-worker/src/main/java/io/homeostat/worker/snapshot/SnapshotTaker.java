package io.homeostat.worker.snapshot;

import io.homeostat.backbone.event.Snapshot;
import io.homeostat.backbone.event.Snapshot.OffsetRange;
import io.homeostat.backbone.event.WorkerReport;
import io.homeostat.backbone.event.WorkerTask;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.spec.TaskKind;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.meta.metafeature.MetaFeatureBuilder;
import io.homeostat.meta.metafeature.Target;
import io.homeostat.model.lightgbm.BoosterTraining;
import io.homeostat.worker.task.Attempt;
import io.homeostat.worker.task.Control;
import io.homeostat.worker.task.TaskFailure;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Takes a snapshot of a model's labelled rows, and finds the rows of a snapshot again. */
@Singleton
public class SnapshotTaker {
    private static final Logger LOG = Logger.getLogger(SnapshotTaker.class);

    private final LabelledReader reader;
    private final String topic;
    private final SnapshotCache cache = new SnapshotCache();

    public SnapshotTaker(Topics topics, LabelledReader reader) {
        this.reader = reader;
        this.topic = topics.labelled().name();
    }

    /** Runs the task: {@link WorkerReport.SnapshotTaken}. */
    public void run(WorkerTask.TakeSnapshot task, Attempt attempt) {
        NewestRows newest = new NewestRows(task.spec(), task.dataUntil());
        reader.read(topic, reader.everything(topic), newest, attempt.control());
        Dataset data = describe(topic, task, newest.rows(), earlier(task, attempt.control()));
        cache.put(data);
        attempt.control().checkIn();
        attempt.reports()
                .send(new WorkerReport.SnapshotTaken(
                        task.taskId(),
                        task.retuneId(),
                        attempt.model(),
                        attempt.number(),
                        attempt.workerId(),
                        attempt.now().get(),
                        data.snapshot()));
    }

    /**
     * The rows of a snapshot, from memory or read again by its offset ranges. Errors: {@link TaskFailure} when they are
     * not what they were.
     */
    public Dataset rows(Snapshot snapshot, ModelSpec spec, Control control) {
        return cache.get(snapshot, () -> load(snapshot, spec, control));
    }

    private Dataset load(Snapshot snapshot, ModelSpec spec, Control control) {
        NewestRows newest = new NewestRows(spec, snapshot.dataUntil());
        reader.read(snapshot.topic(), snapshot.ranges(), newest, control);
        List<Row> rows = newest.rows();
        String checksum = Checksum.of(rows, spec.features().keySet());
        if (!checksum.equals(snapshot.checksum())) {
            throw TaskFailure.forGood("the snapshot's rows have changed: expected " + snapshot.rows()
                    + " rows with checksum " + snapshot.checksum() + ", found " + rows.size() + " with " + checksum
                    + ". Were records of " + snapshot.topic() + " deleted? Re-tune again.");
        }
        return judged(new Dataset(snapshot, rows), spec);
    }

    private static Dataset judged(Dataset data, ModelSpec spec) {
        data.checkJudged(spec);
        return data;
    }

    /* None if they cannot be had any more: how the data has moved is of use, but not needed. */
    private @Nullable Dataset earlier(WorkerTask.TakeSnapshot task, Control control) {
        Snapshot before = task.before();
        if (before == null) {
            return null;
        }
        try {
            return rows(before, task.spec(), control);
        } catch (TaskFailure gone) {
            LOG.infof(
                    "How the data of %s has moved is not known: %s", task.spec().model(), gone.getMessage());
            return null;
        }
    }

    static Dataset describe(String topic, WorkerTask.TakeSnapshot task, List<Row> rows, @Nullable Dataset earlier) {
        ModelSpec spec = task.spec();
        Split split = task.steady() ? Split.steady(rows, task.changeSince()) : Split.of(rows, task.changeSince());
        Integer newRows = sinceChange(rows.subList(0, split.training()), task.changedAt());
        Snapshot snapshot = new Snapshot(
                topic,
                ranges(rows),
                task.dataUntil(),
                task.changeSince(),
                rows.size(),
                split.training(),
                newRows,
                split.validation(),
                split.holdout(),
                Checksum.of(rows, spec.features().keySet()),
                withWorld(metaFeatures(spec, rows, earlier), newRows, split.training()));
        return judged(new Dataset(snapshot, rows), spec);
    }

    private static @Nullable Integer sinceChange(List<Row> training, @Nullable Instant change) {
        return change == null
                ? null
                : Math.toIntExact(training.stream()
                        .filter(row -> !row.time().isBefore(change))
                        .count());
    }

    private static List<OffsetRange> ranges(List<Row> rows) {
        Map<Integer, OffsetRange> ranges = new TreeMap<>();
        for (Row row : rows) {
            ranges.merge(
                    row.partition(),
                    new OffsetRange(row.partition(), row.offset(), row.offset() + 1),
                    (a, b) -> new OffsetRange(
                            a.partition(), Math.min(a.from(), b.from()), Math.max(a.until(), b.until())));
        }
        return List.copyOf(ranges.values());
    }

    private static Map<String, Double> withWorld(
            Map<String, Double> metaFeatures, @Nullable Integer newRows, int training) {
        Map<String, Double> all = new TreeMap<>(metaFeatures);
        all.put(Snapshot.OF_THIS_WORLD, newRows == null ? 1 : (double) newRows / training);
        return all;
    }

    private static Map<String, Double> metaFeatures(ModelSpec spec, List<Row> rows, @Nullable Dataset earlier) {
        MetaFeatureBuilder now = builder(spec);
        rows.forEach(row -> add(now, spec, row.features(), row.label()));
        if (earlier == null) {
            return now.metaFeatures();
        }
        MetaFeatureBuilder before = builder(spec);
        BoosterTraining.Rows all = earlier.part(0, earlier.snapshot().rows());
        for (int i = 0; i < all.labels().size(); i++) {
            add(before, spec, all.rows().get(i), all.labels().get(i));
        }
        return now.metaFeatures(before);
    }

    private static MetaFeatureBuilder builder(ModelSpec spec) {
        Target target = spec.task() == TaskKind.REGRESSION ? Target.NUMBERS : Target.CLASSES;
        return new MetaFeatureBuilder(target, spec.retune().seed());
    }

    private static void add(MetaFeatureBuilder builder, ModelSpec spec, Map<String, Object> features, String label) {
        if (spec.task() == TaskKind.REGRESSION) {
            builder.add(features, Double.valueOf(label));
        } else {
            builder.add(features, label);
        }
    }
}
