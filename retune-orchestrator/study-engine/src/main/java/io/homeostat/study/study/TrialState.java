package io.homeostat.study.study;

/** Where a trial is in its life: WAITING → RUNNING → COMPLETE, PRUNED or FAILED. */
public enum TrialState {
    /** Asked for; no worker has been heard of. */
    WAITING,
    /** A worker has reported or begun. */
    RUNNING,
    /** Ended with a value. */
    COMPLETE,
    /** Stopped by the pruner; its value is that of its last step. */
    PRUNED,
    /** Ended without a value. */
    FAILED;

    /** Whether the trial has yet to end. */
    public boolean open() {
        return this == WAITING || this == RUNNING;
    }
}
