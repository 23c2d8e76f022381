package io.homeostat.model.runtime;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model's answer to one row.
 *
 * @param output the predicted class, or the predicted number in its written form
 * @param score the positive class's probability (binary), the predicted class's (multiclass), the number (regression)
 * @param probabilities each class's probability (multiclass), in the order of the classes; otherwise absent
 */
public record Prediction(
        String output, Double score, @Nullable Map<String, Double> probabilities) {
    public Prediction {
        probabilities = probabilities == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(probabilities));
    }
}
