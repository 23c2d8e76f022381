package io.homeostat.deployer.admit;

import io.homeostat.backbone.deadletter.DeadLetter;
import io.homeostat.rollout.plan.RolloutPlan;

/** What becomes of a candidate. */
public sealed interface Admission {
    /** It was seen before. */
    record Known() implements Admission {}

    /** There is no champion: it is the first. */
    record FirstChampion() implements Admission {}

    /**
     * It challenges the champion.
     *
     * @param plan by which
     */
    record Challenge(RolloutPlan plan) implements Admission {}

    /**
     * It is not tried.
     *
     * @param reason the kind of problem
     * @param message what is wrong, with a way out
     */
    record Refused(DeadLetter.Reason reason, String message) implements Admission {}
}
