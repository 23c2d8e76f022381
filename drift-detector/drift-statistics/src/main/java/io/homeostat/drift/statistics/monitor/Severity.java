package io.homeostat.drift.statistics.monitor;

/** How bad it is. */
public enum Severity {
    /** Nobody is known to be harmed yet. */
    MINOR,
    /** The model became worse. */
    MAJOR,
    /** The model is worse than what was asked of it. */
    CRITICAL
}
