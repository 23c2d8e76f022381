package io.homeostat.meta.transfer;

/** How the rollout of a task's winner ended. */
public enum LiveOutcome {
    /** It became champion and stayed. */
    PROMOTED,
    /** It was taken back. */
    ROLLED_BACK,
    /** It ended without a verdict. */
    UNDECIDED
}
