package io.homeostat.worker.task;

/** The task is no longer this worker's: nothing more is to be said of it. */
public final class TaskCancelled extends RuntimeException {
    private static final long serialVersionUID = 1;

    TaskCancelled() {
        super("the task was given back");
    }
}
