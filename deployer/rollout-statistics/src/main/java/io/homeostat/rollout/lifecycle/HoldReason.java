package io.homeostat.rollout.lifecycle;

/** Why a rollout stands still. */
public enum HoldReason {
    /** A person asked for it; a person ends it. */
    MANUAL,
    /** Champion and candidate both fail; it goes on by itself when the champion has recovered. */
    PLATFORM_FAILING,
    /** The deadline came before the evidence; a person decides. */
    DEADLINE
}
