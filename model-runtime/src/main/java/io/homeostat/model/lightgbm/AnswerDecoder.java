package io.homeostat.model.lightgbm;

import io.homeostat.backbone.event.LabelEvent;
import io.homeostat.model.runtime.ModelException;
import io.homeostat.model.runtime.Prediction;
import java.util.LinkedHashMap;
import java.util.Map;

/** LightGBM's numbers to answers. */
final class AnswerDecoder {
    private final DataSchema schema;

    AnswerDecoder(DataSchema schema) {
        this.schema = schema;
    }

    /**
     * The answer that starts at {@code first} in {@code raw} and whose next class is {@code stride} further.
     *
     * @param raw LightGBM's output
     * @param first where the row's first number is
     * @param stride from one class's number to the next class's
     */
    Prediction decode(double[] raw, int first, int stride) {
        return switch (schema.task()) {
            case BINARY -> new Prediction(schema.classes().get(finite(raw[first]) >= .5 ? 1 : 0), raw[first], null);
            case REGRESSION -> new Prediction(LabelEvent.text("prediction", finite(raw[first])), raw[first], null);
            case MULTICLASS -> ofClasses(raw, first, stride);
        };
    }

    private Prediction ofClasses(double[] raw, int first, int stride) {
        Map<String, Double> probabilities = new LinkedHashMap<>();
        int best = 0;
        for (int k = 0; k < schema.classes().size(); k++) {
            double probability = finite(raw[first + k * stride]);
            probabilities.put(schema.classes().get(k), probability);
            if (probability > raw[first + best * stride]) {
                best = k;
            }
        }
        return new Prediction(schema.classes().get(best), raw[first + best * stride], probabilities);
    }

    private static double finite(double value) {
        if (!Double.isFinite(value)) {
            throw new ModelException("the model answered " + value
                    + ", which is no number. Its parameters make it diverge; maybe learning_rate is too high.");
        }
        return value;
    }
}
