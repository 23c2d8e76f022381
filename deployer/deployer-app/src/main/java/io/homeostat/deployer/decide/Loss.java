package io.homeostat.deployer.decide;

import io.homeostat.backbone.event.PredictionEvent.Answer;
import io.homeostat.backbone.spec.Metrics;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.deployer.admit.PlanMapping;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** How wrong an answer was. */
public enum Loss {
    /** 0 right, 1 wrong. */
    CORRECTNESS,
    /** Right or wrong as well, but compared by the ranks of scores: the area under the ROC curve. */
    RANKS,
    /** Minus the logarithm of the true class's probability, at most 7. */
    LOG_LOSS,
    SQUARED,
    ABSOLUTE;

    private static final double MOST_LOG_LOSS = 7;

    /** The loss behind the metric that decides a model's rollouts. */
    public static Loss of(ModelSpec spec) {
        String objective = PlanMapping.objective(spec);
        return switch (objective) {
            case Metrics.ACCURACY -> CORRECTNESS;
            case Metrics.AUC -> RANKS;
            case Metrics.LOG_LOSS -> LOG_LOSS;
            case Metrics.RMSE -> SQUARED;
            default -> ABSOLUTE;
        };
    }

    /** Whether its differences are scaled by the champion's mean loss. */
    boolean isScaled() {
        return this != CORRECTNESS && this != RANKS;
    }

    /**
     * The loss of an answer that did not fail; empty if it does not say enough.
     *
     * @param positive of a binary model, the class whose probability is the score; empty for others, whose score says nothing
     *     of any class but the predicted one
     */
    OptionalDouble of(Answer answer, String label, String positive) {
        return switch (this) {
            case CORRECTNESS, RANKS -> OptionalDouble.of(label.equals(answer.output()) ? 0 : 1);
            case LOG_LOSS -> logLoss(answer, label, positive);
            case SQUARED, ABSOLUTE -> distance(answer.output(), label);
        };
    }

    private static OptionalDouble logLoss(Answer answer, String label, String positive) {
        Double score = answer.score();
        Double probability = score == null || positive.isEmpty() ? null : (label.equals(positive) ? score : 1 - score);
        if (answer.probabilities() != null) {
            probability = answer.probabilities().getOrDefault(label, 0.0);
        }
        return probability == null || !(probability >= 0 && probability <= 1)
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.min(MOST_LOG_LOSS, -Math.log(probability)));
    }

    private OptionalDouble distance(@Nullable String output, String label) {
        try {
            double distance = Math.abs(Double.parseDouble(String.valueOf(output)) - Double.parseDouble(label));
            double loss = this == SQUARED ? distance * distance : distance;
            return Double.isFinite(loss) ? OptionalDouble.of(loss) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }
}
