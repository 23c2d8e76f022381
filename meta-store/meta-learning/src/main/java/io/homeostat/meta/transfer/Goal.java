package io.homeostat.meta.transfer;

import java.util.Comparator;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

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
        return bestFirst(EvaluatedConfiguration::value);
    }

    /** What has the better value first; values that are not finite last. */
    public <T> Comparator<T> bestFirst(ToDoubleFunction<T> value) {
        Comparator<T> byValue = Comparator.comparingDouble(value);
        return Comparator.<T, Boolean>comparing(each -> !Double.isFinite(value.applyAsDouble(each)))
                .thenComparing(this == MAXIMIZE ? byValue.reversed() : byValue);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
