package io.homeostat.model.evaluation;

import io.homeostat.backbone.spec.TaskKind;
import io.homeostat.model.runtime.Prediction;
import java.util.Map;

/**
 * An answer beside the truth, as far as metrics need it.
 *
 * @param hit whether the predicted class was the true one (classification)
 * @param truthProbability the probability given to the true class (classification)
 * @param score the positive class's probability (binary) or the number (regression)
 * @param truth 1 for the positive class and 0 for the other (binary), or the true number (regression)
 */
public record Outcome(boolean hit, double truthProbability, double score, double truth) {
    /** Puts an answer beside the truth. */
    public static Outcome of(TaskKind task, String positive, Prediction answer, String label) {
        boolean hit = answer.output().equals(label);
        double score = answer.score();
        return switch (task) {
            case REGRESSION -> new Outcome(false, 0, score, Double.parseDouble(label));
            case BINARY -> {
                boolean isPositive = label.equals(positive);
                yield new Outcome(hit, isPositive ? score : 1 - score, score, isPositive ? 1 : 0);
            }
            case MULTICLASS -> {
                Map<String, Double> all = answer.probabilities();
                yield new Outcome(hit, all == null ? 0 : all.getOrDefault(label, 0.0), score, 0);
            }
        };
    }
}
