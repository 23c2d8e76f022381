package io.homeostat.drift.statistics.sequential;

/** What a detector says after an observation. */
public enum Detection {
    /** Nothing to report. */
    STABLE,
    /** A change was found at this observation. */
    DRIFT
}
