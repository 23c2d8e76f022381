package io.homeostat.rollout.lifecycle;

import java.util.List;

/**
 * What came of an input.
 *
 * @param next the rollout from now on
 * @param decisions what was decided, at most one per input; empty if the input only added evidence
 */
public record RolloutStep(Rollout next, List<RolloutDecision> decisions) {
    public RolloutStep {
        decisions = List.copyOf(decisions);
    }
}
