package io.homeostat.rollout.lifecycle;

/** Why a rollout stands still. */
public enum HoldReason {
    /** A person asked for it; a person ends it. */
    MANUAL,
    /** Champion and candidate both fail; it goes on by itself when the champion has recovered. */
    PLATFORM_FAILING,
    /** The candidate does not get the share of units that it was given, so nothing that was seen can be believed. */
    EVIDENCE_SKEWED,
    /** Harm is shown, and the plan leaves it to a person; the tests begin again if that person resumes. */
    HARM,
    /** The candidate has passed, and the plan leaves the promotion to a person. */
    PASSED,
    /** The deadline came before the evidence; a person decides. */
    DEADLINE
}
