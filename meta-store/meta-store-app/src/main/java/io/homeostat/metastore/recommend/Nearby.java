package io.homeostat.metastore.recommend;

import io.homeostat.backbone.serde.Check;
import io.homeostat.meta.similarity.Nearest;
import io.homeostat.meta.similarity.Neighbour;
import io.homeostat.meta.similarity.ScaledDistance;
import io.homeostat.meta.transfer.TaskRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tasks whose data is most like the data asked for.
 *
 * @param tasks the nearest first
 * @param records how many were looked at
 */
public record Nearby(List<Task> tasks, int records) {
    public Nearby {
        tasks = List.copyOf(tasks);
    }

    /**
     * A data set.
     *
     * @param metaFeatures what it is like; at least one that is finite
     * @param trainer tasks of this one only; all where absent
     * @param n tasks wanted at most, 1 to 1,000; by default 10
     */
    public record Question(
            Map<String, Double> metaFeatures,
            @Nullable String trainer,
            @Nullable Integer n) {
        private static final int DEFAULT_N = 10;
        private static final int MOST = 1_000;

        public Question {
            Check.present("metaFeatures", metaFeatures);
            boolean some = metaFeatures.values().stream().anyMatch(value -> value != null && Double.isFinite(value));
            Check.that(some, "metaFeatures", "has no finite value; name at least one, like logRows: 8.5");
            n = n == null ? (Integer) DEFAULT_N : n;
            Check.range("n", n, 1, MOST);
        }

        Map<String, Double> features() {
            Map<String, Double> features = new HashMap<>(metaFeatures);
            features.values().removeIf(value -> value == null || !Double.isFinite(value));
            return features;
        }

        int most() {
            return n == null ? DEFAULT_N : n;
        }

        boolean asksFor(String other) {
            return trainer == null || trainer.equals(other);
        }
    }

    /**
     * A task and how far its data is.
     *
     * @param distance in spreads
     * @param sharedWeight share of the meta-features that both have, over 0 to 1
     * @param explanation in which meta-features they differ most
     */
    public record Task(
            String taskId,
            String model,
            String trainer,
            Instant at,
            double distance,
            double sharedWeight,
            String explanation) {}

    static Nearby of(Question question, List<TaskRecord> tasks, ScaledDistance scale, int records) {
        Map<String, Map<String, Double>> features = new HashMap<>();
        tasks.forEach(task -> features.put(task.taskId(), task.metaFeatures()));
        Map<String, Neighbour> neighbours = new HashMap<>();
        Nearest.to(question.features(), features, scale)
                .neighbours()
                .forEach(near -> neighbours.put(near.taskId(), near));
        List<Task> found = new ArrayList<>();
        for (TaskRecord task : tasks) {
            Neighbour near = neighbours.get(task.taskId());
            if (near != null) {
                found.add(task(task, near));
            }
        }
        return new Nearby(found, records);
    }

    private static Task task(TaskRecord task, Neighbour near) {
        return new Task(
                task.taskId(),
                task.model(),
                task.trainer(),
                task.at(),
                near.distance(),
                near.sharedWeight(),
                near.explanation());
    }
}
