package io.homeostat.deployer.decide;

import io.homeostat.backbone.event.PredictionEvent.Answer;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.deployer.admit.PlanMapping;
import java.util.OptionalDouble;

/**
 * The candidate's gain over the champion on one labelled request, in [-1, 1].
 *
 * <p>Right-or-wrong losses are subtracted as they are. Other losses have no natural scale: their difference is divided
 * by {@value PlanMapping#MEAN_LOSSES_PER_UNIT} times the mean loss that the champion has had before this request, and
 * clipped. As the scale never looks at the request itself, the sequential tests stay valid. The first {@value #WARM_UP}
 * requests only teach the scale. A side that failed counts as wrong: -1 or 1 if the other did not.
 *
 * <p>Example: the champion's mean absolute error is 2, the candidate is off by 1 and the champion by 5: (5 - 1) / (4 · 2)
 * = 0.5.
 *
 * @param loss how wrong an answer is
 * @param positive of a binary model, the class whose probability is the score
 * @param count losses of the champion seen
 * @param meanLoss their mean
 */
public record Measure(Loss loss, String positive, long count, double meanLoss) {
    static final long WARM_UP = 20;

    static Measure of(ModelSpec spec) {
        return new Measure(Loss.of(spec), spec.positive(), 0, 0);
    }

    /** The gain; empty if it cannot be told. */
    OptionalDouble gain(Answer candidate, Answer champion, String label) {
        if (candidate.failed() || champion.failed()) {
            return failedGain(candidate, champion, label);
        }
        OptionalDouble candidates = loss.of(candidate, label, positive);
        OptionalDouble champions = loss.of(champion, label, positive);
        return candidates.isEmpty() || champions.isEmpty()
                ? OptionalDouble.empty()
                : scaled(champions.getAsDouble() - candidates.getAsDouble());
    }

    private OptionalDouble failedGain(Answer candidate, Answer champion, String label) {
        if (loss != Loss.CORRECTNESS) {
            return OptionalDouble.of((champion.failed() ? 1.0 : 0) - (candidate.failed() ? 1 : 0));
        }
        return OptionalDouble.of(wrong(champion, label) - wrong(candidate, label));
    }

    private static double wrong(Answer answer, String label) {
        return !answer.failed() && label.equals(answer.output()) ? 0 : 1;
    }

    private OptionalDouble scaled(double difference) {
        if (loss == Loss.CORRECTNESS) {
            return OptionalDouble.of(difference);
        }
        if (count < WARM_UP) {
            return OptionalDouble.empty();
        }
        double gain = difference == 0 ? 0 : difference / Math.max(unit(), Double.MIN_NORMAL);
        return OptionalDouble.of(Math.max(-1, Math.min(1, gain)));
    }

    /** What a gain of 1 is, in units of the loss. */
    double unit() {
        return loss == Loss.CORRECTNESS ? 1 : PlanMapping.MEAN_LOSSES_PER_UNIT * meanLoss;
    }

    /** Learns the scale from what the champion answered. */
    Measure seen(Answer champion, String label) {
        if (loss == Loss.CORRECTNESS || champion.failed()) {
            return this;
        }
        OptionalDouble of = loss.of(champion, label, positive);
        return of.isEmpty()
                ? this
                : new Measure(loss, positive, count + 1, meanLoss + (of.getAsDouble() - meanLoss) / (count + 1));
    }
}
