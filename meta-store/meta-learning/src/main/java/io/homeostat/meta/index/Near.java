package io.homeostat.meta.index;

import io.homeostat.meta.similarity.ScaledDistance;
import io.homeostat.meta.transfer.TaskRecord;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The tasks that a search may learn from, of all that are known.
 *
 * @param tasks the model's own newest first, then those of others, nearest first, and at equal distances the newest
 * @param scale the distance, in the spreads of all tasks
 * @param passedOver why the others are not among them, in a sentence → how many
 */
public record Near(List<Task> tasks, ScaledDistance scale, Map<String, Integer> passedOver) {
    public Near {
        tasks = List.copyOf(tasks);
        passedOver = Map.copyOf(passedOver);
    }

    /** A task as it was when it was found, whatever becomes of it since. */
    public static final class Task {
        private final PackedTask packed;
        private final TaskRecord outline;
        private final long version;

        Task(PackedTask packed, Map<String, Double> metaFeatures, long version) {
            this.packed = packed;
            this.outline = packed.outline(metaFeatures);
            this.version = version;
        }

        /** Its record without its trials. */
        public TaskRecord outline() {
            return outline;
        }

        /** Its record; unpacked each time it is asked for, which is most of the work. */
        public TaskRecord whole() {
            return packed.unpacked(outline.metaFeatures());
        }

        /** A number that changes when the task's record does. */
        public long version() {
            return version;
        }
    }

    /** The tasks' records without their trials. */
    public List<TaskRecord> outlines() {
        return tasks.stream().map(Task::outline).toList();
    }

    /** The tasks by their ids. */
    public Map<String, Task> byId() {
        return tasks.stream().collect(Collectors.toMap(task -> task.outline.taskId(), Function.identity()));
    }
}
