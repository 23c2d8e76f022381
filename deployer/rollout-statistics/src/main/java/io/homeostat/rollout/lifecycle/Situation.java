package io.homeostat.rollout.lifecycle;

import io.homeostat.rollout.plan.RolloutPlan;
import java.time.Duration;
import java.time.Instant;

/**
 * All that a decision rests on.
 *
 * @param plan what was asked for
 * @param state where the rollout stands
 * @param times when things began
 * @param now the latest time it has been told
 * @param reading what the evidence says
 */
record Situation(RolloutPlan plan, RolloutState state, Times times, Instant now, Reading reading) {
    Duration inStep() {
        return Duration.between(times.step(), now);
    }

    boolean passed(Instant since, Duration after) {
        return !now.isBefore(since.plus(after));
    }
}
