package io.homeostat.drift.statistics.monitor;

/** What an alarm is about; the later, the worse. */
public enum AlarmKind {
    /** The inputs look different. */
    DATA_DRIFT,
    /** By its scores the model is expected to be beyond a bound; no label has said so. */
    ESTIMATED_PERFORMANCE,
    /** The model errs more than it did. */
    CONCEPT_DRIFT,
    /** A metric is below its floor or above its ceiling. */
    PERFORMANCE
}
