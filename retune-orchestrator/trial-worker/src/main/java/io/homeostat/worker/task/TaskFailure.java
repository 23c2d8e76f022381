package io.homeostat.worker.task;

/** A task cannot be done. The text is the reason that is reported. */
public final class TaskFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean retry;

    private TaskFailure(String reason, boolean retry) {
        super(reason);
        this.retry = retry;
    }

    /** Trying again gives the same. */
    public static TaskFailure forGood(String reason) {
        return new TaskFailure(reason, false);
    }

    /** Another attempt may succeed. */
    public static TaskFailure forNow(String reason) {
        return new TaskFailure(reason, true);
    }

    /** Whether another attempt may succeed. */
    public boolean retry() {
        return retry;
    }
}
