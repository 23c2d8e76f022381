package io.homeostat.model.schema;

import io.homeostat.backbone.event.LabelEvent;
import io.homeostat.backbone.spec.TaskKind;
import io.homeostat.model.runtime.Prediction;
import io.homeostat.model.runtime.UnusableAnswerException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A model's numbers to answers. Errors: {@link UnusableAnswerException} for numbers that are none. */
public final class AnswerDecoder {
    // single precision may end a little above one
    private static final double SLACK = 1e-5;

    private final DataSchema schema;

    public AnswerDecoder(DataSchema schema) {
        this.schema = schema;
    }

    /**
     * The answer that starts at {@code first} in {@code raw} and whose next class is {@code stride} further.
     *
     * @param raw the model's output: the positive class's probability, every class's, or the number
     * @param first where the row's first number is
     * @param stride from one class's number to the next class's
     */
    public Prediction decode(double[] raw, int first, int stride) {
        return switch (schema.task()) {
            case BINARY -> ofPositive(probability(raw[first]));
            case REGRESSION -> new Prediction(LabelEvent.text("prediction", finite(raw[first])), raw[first], null);
            case MULTICLASS -> ofClasses(raw, first, stride);
        };
    }

    /**
     * The answers of a model that gives its numbers row after row: one number a row for regression, the positive class's
     * probability or both classes' for binary, each class's for multiclass.
     */
    public List<Prediction> decodeAll(double[] raw, int rows) {
        int width = rows == 0 ? 0 : raw.length / rows;
        if (raw.length != width * rows || !fits(width)) {
            throw new UnusableAnswerException("the model answered " + raw.length + " numbers for " + rows
                    + " rows, but " + wanted() + " are wanted per row");
        }
        boolean both = schema.task() == TaskKind.BINARY && width == 2;
        List<Prediction> answers = new ArrayList<>(rows);
        for (int i = 0; i < rows; i++) {
            answers.add(decode(raw, i * width + (both ? 1 : 0), 1));
        }
        return answers;
    }

    private boolean fits(int width) {
        return width == schema.outputs() || (schema.task() == TaskKind.BINARY && width == 2);
    }

    private String wanted() {
        return switch (schema.task()) {
            case BINARY -> "1 (the probability of '" + schema.positive() + "') or 2 (" + schema.classes() + ")";
            case REGRESSION -> "1";
            case MULTICLASS -> schema.outputs() + " (" + schema.classes() + ")";
        };
    }

    private Prediction ofPositive(double probability) {
        return new Prediction(schema.classes().get(probability >= .5 ? 1 : 0), probability, null);
    }

    private Prediction ofClasses(double[] raw, int first, int stride) {
        Map<String, Double> probabilities = new LinkedHashMap<>();
        int best = 0;
        for (int k = 0; k < schema.classes().size(); k++) {
            double probability = probability(raw[first + k * stride]);
            probabilities.put(schema.classes().get(k), probability);
            if (probability > raw[first + best * stride]) {
                best = k;
            }
        }
        return new Prediction(schema.classes().get(best), probability(raw[first + best * stride]), probabilities);
    }

    private static double probability(double value) {
        if (finite(value) < -SLACK || value > 1 + SLACK) {
            throw new UnusableAnswerException("the model answered " + value
                    + ", which is no probability. Maybe it was stored without its last step, sigmoid or softmax.");
        }
        return Math.max(0, Math.min(1, value));
    }

    private static double finite(double value) {
        if (!Double.isFinite(value)) {
            throw new UnusableAnswerException("the model answered " + value
                    + ", which is no number. Its parameters make it diverge; maybe learning_rate is too high.");
        }
        return value;
    }
}
