package io.homeostat.drift.statistics.sequential;

/** What a detector says after an observation. */
public enum Detection {
    /** Nothing to report. */
    STABLE,
    /** A change may have begun; only detectors with a second, lower limit say so (DDM, EDDM, HDDM). */
    WARNING,
    /** A change was found at this observation. */
    DRIFT
}
