package io.homeostat.drift.statistics.twosample;

/** What a test says. Only {@link #SAME} is a pass. */
public enum Verdict {
    /** Enough rows, and no difference that is both significant and large enough to matter. */
    SAME,
    /** A difference that is both. */
    DIFFERENT,
    /** Too little data to say anything. */
    TOO_FEW_ROWS,
    /** The window was not counted into this reference's bins. */
    NOT_COMPARABLE
}
