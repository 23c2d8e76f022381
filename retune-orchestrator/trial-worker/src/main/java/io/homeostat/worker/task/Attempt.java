package io.homeostat.worker.task;

import io.homeostat.backbone.event.WorkerTask;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * One delivery of a task to this worker.
 *
 * @param task the task
 * @param number which delivery it is, from 1
 * @param workerId who has it
 * @param now the time by the clock in force
 * @param control what is heard from outside
 * @param reports where its reports go
 */
public record Attempt(
        WorkerTask task, int number, String workerId, Supplier<Instant> now, Control control, Reports reports) {
    /** The model's name. */
    public String model() {
        return task.spec().model();
    }
}
