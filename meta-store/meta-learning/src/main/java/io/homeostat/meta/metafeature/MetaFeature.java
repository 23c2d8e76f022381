package io.homeostat.meta.metafeature;

/**
 * The meta-features that a {@link MetaFeatureBuilder} knows. Counts are in logarithms, so that twice the rows is the
 * same step for small and for large data.
 */
public enum MetaFeature {
    /** ln of the rows. */
    LOG_ROWS("logRows"),
    /** ln of the columns. */
    LOG_COLUMNS("logColumns"),
    /** ln of 1 + numeric columns. */
    LOG_NUMERIC("logNumeric"),
    /** ln of 1 + categorical columns. */
    LOG_CATEGORICAL("logCategorical"),
    /** ln of the classes; classification only. */
    LOG_CLASSES("logClasses"),
    /** The classes' entropy as a share of ln(classes): 1 is balanced; at least two classes. */
    CLASS_ENTROPY("classEntropy"),
    /** ln(largest class / smallest class): 0 is balanced; at least two classes. */
    CLASS_IMBALANCE("classImbalance"),
    /** Share of the cells without a usable value, 0 to 1. */
    MISSING_SHARE("missingShare"),
    /** ln of the mean count of distinct values over the categorical columns. */
    LOG_CARDINALITY("logCardinality"),
    /** Mean skewness over the numeric columns. */
    SKEWNESS_MEAN("skewnessMean"),
    /** Standard deviation of the skewness over the numeric columns. */
    SKEWNESS_SD("skewnessSd"),
    /** Mean excess kurtosis over the numeric columns; 0 is a normal distribution. */
    KURTOSIS_MEAN("kurtosisMean"),
    /** Standard deviation of the excess kurtosis over the numeric columns. */
    KURTOSIS_SD("kurtosisSd"),
    /** Mean absolute correlation over the pairs of numeric columns, 0 to 1. */
    CORRELATION_MEAN("correlationMean"),
    /** Share of numeric values outside of the quartiles by more than 1.5 interquartile ranges. */
    OUTLIER_SHARE("outlierShare"),
    /** Mean mutual information of a column with the target, in nats. */
    INFORMATION_MEAN("informationMean"),
    /** Largest mutual information of a column with the target, in nats. */
    INFORMATION_MAX("informationMax"),
    /** The target's skewness; regression only. */
    TARGET_SKEWNESS("targetSkewness"),
    /** The target's excess kurtosis; regression only. */
    TARGET_KURTOSIS("targetKurtosis"),
    /** How well one split of one column does, 1 being without error; see {@link Landmarkers}. */
    LANDMARK_STUMP("landmarkStump"),
    /** How well naive Bayes does; classification only. */
    LANDMARK_NAIVE_BAYES("landmarkNaiveBayes"),
    /** How well a linear model does. */
    LANDMARK_LINEAR("landmarkLinear"),
    /** How well the nearest row does. */
    LANDMARK_NEAREST("landmarkNearest"),
    /** Mean distance of the columns to an earlier snapshot, 0 to 1; see {@link Shift}. */
    DRIFT_MEAN("driftMean"),
    /** Largest distance of a column to an earlier snapshot, 0 to 1. */
    DRIFT_MAX("driftMax"),
    /** Distance of the target to an earlier snapshot, 0 to 1. */
    DRIFT_TARGET("driftTarget"),
    /** ln(rows / rows of the earlier snapshot). */
    DRIFT_ROWS("driftRows");

    private final String key;

    MetaFeature(String key) {
        this.key = key;
    }

    /** The name under which it is written. */
    public String key() {
        return key;
    }
}
