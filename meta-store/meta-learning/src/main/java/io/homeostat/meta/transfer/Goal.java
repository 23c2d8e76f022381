package io.homeostat.meta.transfer;

import java.util.Comparator;
import java.util.Locale;

/** Which values are better. */
public enum Goal {
    /** Larger is better. */
    MAXIMIZE,
    /** Smaller is better. */
    MINIMIZE;

    /**
     * Reads {@code maximize} or {@code minimize}.
     *
     * @throws IllegalArgumentException for any other text
     */
    public static Goal parse(String text) {
        for (Goal goal : values()) {
            if (goal.toString().equals(text)) {
                return goal;
            }
        }
        throw new IllegalArgumentException("goal: '" + text + "' is not one of maximize, minimize.");
    }

    /** The better configuration first; values that are not finite last. */
    Comparator<EvaluatedConfiguration> bestFirst() {
        Comparator<EvaluatedConfiguration> byValue = Comparator.comparingDouble(EvaluatedConfiguration::value);
        return Comparator.<EvaluatedConfiguration, Boolean>comparing(trial -> !Double.isFinite(trial.value()))
                .thenComparing(this == MAXIMIZE ? byValue.reversed() : byValue);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
