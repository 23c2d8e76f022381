package io.homeostat.backbone.spec;

/** What a model predicts. */
public enum TaskKind {
    BINARY,
    MULTICLASS,
    REGRESSION;

    /** Whether the label is a class, not a number. */
    public boolean isClassification() {
        return this != REGRESSION;
    }
}
