package io.homeostat.rollout.routing;

/** The two versions that may answer a request while a rollout is under way. */
public enum Arm {
    /** The champion, which serves everyone outside a rollout. */
    STABLE,
    /** The challenger under trial. */
    CANDIDATE
}
