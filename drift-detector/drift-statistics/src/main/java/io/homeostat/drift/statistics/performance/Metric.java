package io.homeostat.drift.statistics.performance;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A measure of how good a model is. Precision, recall and F1 are the positive class's of a binary model; of a
 * multiclass one they are macro means: every class counts alike, classes for which the metric is not defined do not.
 */
public enum Metric {
    /** Share of right classes. */
    ACCURACY("accuracy", true),
    /** Mean over the actual classes of the share that was recognised; the macro recall. */
    BALANCED_ACCURACY("balancedAccuracy", true),
    /** Share of the rows predicted to be of a class that are. */
    PRECISION("precision", true),
    /** Share of the rows of a class that are predicted to be. */
    RECALL("recall", true),
    /** Harmonic mean of precision and recall: 2 TP / (2 TP + FP + FN). */
    F1("f1", true),
    /** Chance that a positive scores above a negative; multiclass: each class against the rest, macro mean. */
    AUC("auc", true),
    /** Mean −ln of the probability given to the actual class, probabilities cut at 1e-15. */
    LOG_LOSS("logLoss", false),
    /** Mean squared distance of the probability from 0 or 1, 0..1; multiclass: summed over the classes, 0..2. */
    BRIER("brier", false),
    /**
     * Expected calibration error: mean distance of probability and frequency over ten equal bins; multiclass: of the
     * predicted class's probability. Above 0 by chance even for a calibrated model.
     */
    CALIBRATION_ERROR("calibrationError", false),
    /** Root of the mean squared error. */
    RMSE("rmse", false),
    /** Mean absolute error. */
    MAE("mae", false),
    /** Share of the actual values' variance that is explained; below 0 where their mean would be the better guess. */
    R2("r2", true);

    private final String key;
    private final boolean higherIsBetter;

    Metric(String key, boolean higherIsBetter) {
        this.key = key;
        this.higherIsBetter = higherIsBetter;
    }

    /** The name in specs and events. */
    public String key() {
        return key;
    }

    /** Whether more is better. */
    public boolean higherIsBetter() {
        return higherIsBetter;
    }

    /** The metric of a name in a spec; an unknown one is an error. */
    public static Metric ofKey(String key) {
        return Arrays.stream(values())
                .filter(metric -> metric.key.toLowerCase(Locale.ROOT).equals(key.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("metric: '" + key + "' is unknown. Known are "
                        + Arrays.stream(values()).map(Metric::key).collect(Collectors.joining(", ")) + "."));
    }
}
