package io.homeostat.study.pruner;

/**
 * Go on or stop.
 *
 * @param prune whether the trial is to stop
 * @param reason why, for people
 */
public record PruneDecision(boolean prune, String reason) {

    /** Let it go on. */
    public static PruneDecision goOn(String reason) {
        return new PruneDecision(false, reason);
    }

    /** Let it stop. */
    public static PruneDecision stop(String reason) {
        return new PruneDecision(true, reason);
    }
}
