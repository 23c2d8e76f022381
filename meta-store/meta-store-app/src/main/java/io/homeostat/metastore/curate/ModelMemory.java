package io.homeostat.metastore.curate;

import io.homeostat.backbone.serde.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tasks of one model, without their records.
 *
 * @param tasks oldest first, each once
 */
public record ModelMemory(List<Task> tasks) {
    /** Tasks without a record that are kept to recognise what was heard before; the newest. */
    static final int MOST_WITHOUT_RECORD = 500;

    static final ModelMemory EMPTY = new ModelMemory(List.of());

    public ModelMemory {
        tasks = List.copyOf(Check.present("tasks", tasks));
    }

    Optional<Task> find(String taskId) {
        return tasks.stream().filter(task -> task.taskId().equals(taskId)).findFirst();
    }

    /** This memory with the task added, or changed. */
    ModelMemory with(Task changed) {
        List<Task> next = new ArrayList<>(tasks);
        next.removeIf(task -> task.taskId().equals(changed.taskId()));
        next.add(changed);
        next.sort(Task.OLDEST_FIRST);
        long surplus = next.stream().filter(task -> !task.isRemembered()).count() - MOST_WITHOUT_RECORD;
        if (surplus > 0) {
            next.stream().filter(task -> !task.isRemembered()).findFirst().ifPresent(next::remove);
        }
        return new ModelMemory(next);
    }

    long remembered() {
        return tasks.stream().filter(Task::isRemembered).count();
    }

    /** The oldest remembered tasks, so many as are above {@code most}. */
    List<Task> above(int most) {
        List<Task> remembered = tasks.stream().filter(Task::isRemembered).toList();
        return remembered.subList(0, Math.max(0, remembered.size() - most));
    }
}
