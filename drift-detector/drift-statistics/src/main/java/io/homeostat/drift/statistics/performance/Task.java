package io.homeostat.drift.statistics.performance;

/** What a model does. */
public enum Task {
    /** One of two classes. */
    BINARY,
    /** One of several classes. */
    MULTICLASS,
    /** A number. */
    REGRESSION
}
