package io.homeostat.drift.statistics.performance;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A measure of how good a model is. */
public enum Metric {
    /** Share of right classes. */
    ACCURACY("accuracy", true),
    /** Chance that a positive scores above a negative. */
    AUC("auc", true),
    /** Mean −ln of the probability given to the actual class, probabilities cut at 1e-15. */
    LOG_LOSS("logLoss", false),
    /** Root of the mean squared error. */
    RMSE("rmse", false),
    /** Mean absolute error. */
    MAE("mae", false);

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
