package io.homeostat.drift.statistics.estimation;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row that a model has answered.
 *
 * @param features numbers, and texts of categorical ones, by name; absent or null if missing
 * @param output the predicted class, or the number as text
 * @param score of a binary model, the positive class's probability
 * @param probabilities of a multiclass model, each class's
 */
public record AnsweredRow(
        Map<String, ? extends @Nullable Object> features,
        String output,
        @Nullable Double score,
        @Nullable Map<String, Double> probabilities) {
    static boolean isProbability(@Nullable Double p) {
        return p != null && p >= 0 && p <= 1;
    }
}
