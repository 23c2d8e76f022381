package io.homeostat.backbone.spec;

/** Whether a feature is a number or one of a set of names. */
public enum FeatureKind {
    NUMERIC,
    CATEGORICAL
}
