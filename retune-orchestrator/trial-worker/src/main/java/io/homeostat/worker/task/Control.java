package io.homeostat.worker.task;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** What a running task hears from outside: it was stopped by a decision, or taken from this worker. */
public final class Control {
    private final BooleanSupplier stopped;
    private final AtomicBoolean cancelled = new AtomicBoolean();

    /** @param stopped whether a decision has stopped the task */
    public Control(BooleanSupplier stopped) {
        this.stopped = stopped;
    }

    /** Whether a decision has stopped the task: say so, and end. */
    public boolean stopped() {
        return stopped.getAsBoolean();
    }

    /** Takes the task from this worker: it ends at its next {@link #checkIn}. */
    public void cancel() {
        cancelled.set(true);
    }

    /** To be called often. Errors: {@link TaskCancelled} when the task is no longer this worker's. */
    public void checkIn() {
        if (cancelled.get()) {
            throw new TaskCancelled();
        }
    }
}
