package io.homeostat.study.pruner;

/**
 * Decides after each report whether the trial goes on.
 *
 * <p>Every pruner keeps to this contract: the decision depends on the request only; it has a reason; a trial that is
 * the best so far at every step is never stopped.
 */
@FunctionalInterface
public interface Pruner {

    /** Go on or stop, and why. */
    PruneDecision decide(PrunerRequest request);
}
