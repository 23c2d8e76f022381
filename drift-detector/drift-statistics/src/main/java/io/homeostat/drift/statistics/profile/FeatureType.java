package io.homeostat.drift.statistics.profile;

/** How a feature is read. */
public enum FeatureType {
    /** A number. */
    NUMERIC,
    /** A text out of a set. */
    CATEGORICAL
}
