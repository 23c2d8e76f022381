package io.homeostat.rollout.verdict;

/** What the evidence says about a candidate. Only {@link #PASS} lets it become champion by itself. */
public enum Verdict {
    /** The objective is shown to be superior, or not inferior by the margin, and nothing shows harm. */
    PASS,
    /** Harm is shown. */
    FAIL,
    /** There is evidence, but not enough either way. */
    INCONCLUSIVE,
    /** There are no requests or no labels to judge by. */
    NO_DATA,
    /** What was measured cannot be used, for instance while the platform fails for both versions. */
    ERROR
}
