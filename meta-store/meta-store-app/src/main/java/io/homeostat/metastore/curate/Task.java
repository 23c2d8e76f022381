package io.homeostat.metastore.curate;

import io.homeostat.backbone.serde.Check;
import io.homeostat.metastore.record.LiveResult;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A task in a model's memory.
 *
 * @param taskId the study's id
 * @param at when it ended, as far as is known
 * @param standing whether there is a record of it
 * @param result how its winner did in production, once known
 */
public record Task(
        String taskId,
        Instant at,
        Standing standing,
        @Nullable LiveResult result) {
    /** The newest last; equal times by id. */
    static final Comparator<Task> OLDEST_FIRST = Comparator.comparing(Task::at).thenComparing(Task::taskId);

    public Task {
        Check.text("taskId", taskId);
        Check.present("at", at);
        Check.present("standing", standing);
    }

    boolean isRemembered() {
        return standing == Standing.REMEMBERED;
    }

    Task in(Standing changed) {
        return new Task(taskId, at, changed, result);
    }

    /** Whether there is a record of a task. */
    public enum Standing {
        /** Only its outcome in production is known; its study has not been seen to end. */
        AWAITED,
        /** There is a record. */
        REMEMBERED,
        /** The study ended with nothing to remember. */
        EMPTY,
        /** There was a record, and newer ones have taken its place. */
        FORGOTTEN
    }
}
