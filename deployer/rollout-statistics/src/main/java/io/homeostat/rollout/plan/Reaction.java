package io.homeostat.rollout.plan;

/** What a rollout does on a verdict. */
public enum Reaction {
    /** Keep the weight and wait for a person. */
    HOLD,
    /** The candidate becomes champion. */
    PROMOTE,
    /** Promote a candidate that is not behind on the labelled pairs, else return to the champion. */
    LEADER,
    /** Return to the champion. */
    ROLLBACK
}
