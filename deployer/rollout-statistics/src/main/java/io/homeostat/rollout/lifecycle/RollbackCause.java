package io.homeostat.rollout.lifecycle;

/** Why a rollout went back to the champion. */
public enum RollbackCause {
    /** A guardrail or the paired outcomes show that the candidate is worse. */
    CANDIDATE_BAD,
    /** The candidate had been shown to be better and now is worse: what changed is the world, not the candidate. */
    WORLD_CHANGED,
    /** The platform failed for both versions, and a person or the deadline ended it. */
    PLATFORM_FAILING,
    /** A newer candidate takes its place. */
    SUPERSEDED,
    /** The model's spec was removed. */
    MODEL_REMOVED,
    /** A person ended it. */
    ABORTED,
    /** The deadline came before the evidence, and the plan says to go back. */
    DEADLINE,
    /** After the promotion the previous champion proved better. */
    PREVIOUS_CHAMPION_BETTER
}
