package io.homeostat.deployer.decide;

import io.homeostat.backbone.event.PredictionEvent.Answer;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.spec.TaskKind;
import io.homeostat.deployer.admit.PlanMapping;
import io.homeostat.rollout.routing.Arm;
import io.homeostat.rollout.sequential.AucPairs;
import io.homeostat.rollout.sequential.Moments;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The candidate's gain over the champion on labelled requests, in [-1, 1].
 *
 * <p>Right-or-wrong losses are subtracted as they are. Other losses have no natural scale: their difference is divided
 * by {@value PlanMapping#MEAN_LOSSES_PER_UNIT} times the mean loss that the champion has had before this request, and
 * clipped. As the scale never looks at the request itself, the sequential tests stay valid. The first {@value #WARM_UP}
 * requests only teach the scale. A side that failed counts as wrong: -1 or 1 if the other did not. For the area under the
 * ROC curve a request waits for one of the other class; a side that failed ranks it wrongly.
 *
 * <p>Example: the champion's mean absolute error is 2, the candidate is off by 1 and the champion by 5: (5 - 1) / (4 · 2)
 * = 0.5.
 *
 * @param loss how wrong an answer is
 * @param positive of a binary model, the class whose probability is the score
 * @param scale losses of the champion so far
 * @param ranks requests that wait for one of the other class
 */
public record Measure(Loss loss, String positive, Moments scale, AucPairs ranks) {
    static final long WARM_UP = 20;

    /**
     * What a label says.
     *
     * @param next the measure from now on
     * @param gain the candidate's gain; empty if it cannot be told (yet)
     * @param stableLoss the champion's loss, 0 to 1; absent if it cannot be told
     */
    record Measured(
            Measure next, OptionalDouble gain, @Nullable Double stableLoss) {}

    /**
     * What a label of a request says that one version alone computed.
     *
     * @param next the measure from now on
     * @param loss how wrong the answer was, 0 to 1; empty if it cannot be told (yet), and always for the area under the ROC
     *     curve, which compares requests
     */
    record Single(Measure next, OptionalDouble loss) {}

    static Measure of(ModelSpec spec) {
        return of(Loss.of(spec), spec.task() == TaskKind.BINARY ? spec.positive() : "");
    }

    static Measure of(Loss loss, String positive) {
        return new Measure(loss, positive, Moments.none(), AucPairs.start());
    }

    /** A label of a request that both computed. */
    Measured measured(String unitId, Answer candidate, Answer champion, String label) {
        Double stable = share(champion, label);
        if (loss == Loss.RANKS) {
            return ranked(unitId, candidate, champion, label, stable);
        }
        return new Measured(seen(champion, label), gain(candidate, champion, label), stable);
    }

    /** A label of a request that one side alone computed. */
    Single single(Arm arm, Answer answer, String label) {
        Measure next = arm == Arm.STABLE ? seen(answer, label) : this;
        Double lost = loss == Loss.RANKS ? null : share(answer, label);
        return new Single(next, lost == null ? OptionalDouble.empty() : OptionalDouble.of(lost));
    }

    private Measured ranked(String unitId, Answer candidate, Answer champion, String label, @Nullable Double stable) {
        boolean positiveLabel = label.equals(positive);
        double ofCandidate = score(candidate, positiveLabel);
        double ofChampion = score(champion, positiveLabel);
        if (Double.isNaN(ofCandidate) || Double.isNaN(ofChampion)) {
            return new Measured(this, OptionalDouble.empty(), stable);
        }
        AucPairs.Paired paired = ranks.observe(unitId, new AucPairs.Row(positiveLabel, ofCandidate, ofChampion));
        return new Measured(new Measure(loss, positive, scale, paired.next()), paired.gain(), stable);
    }

    private static double score(Answer answer, boolean positiveLabel) {
        if (answer.failed()) {
            return positiveLabel ? -Double.MAX_VALUE : Double.MAX_VALUE;
        }
        return answer.score() == null ? Double.NaN : answer.score();
    }

    private OptionalDouble gain(Answer candidate, Answer champion, String label) {
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
        if (!loss.isScaled()) {
            return OptionalDouble.of(difference);
        }
        if (scale.count() < WARM_UP) {
            return OptionalDouble.empty();
        }
        double gain = difference == 0 ? 0 : difference / Math.max(unit(), Double.MIN_NORMAL);
        return OptionalDouble.of(Math.max(-1, Math.min(1, gain)));
    }

    /** An answer's loss, 0 to 1; null if it cannot be told. */
    private @Nullable Double share(Answer answer, String label) {
        if (!loss.isScaled() || answer.failed()) {
            return wrong(answer, label);
        }
        OptionalDouble of = loss.of(answer, label, positive);
        return of.isEmpty() || scale.count() < WARM_UP
                ? null
                : Math.min(1, of.getAsDouble() / Math.max(unit(), Double.MIN_NORMAL));
    }

    /** What a gain of 1 is, in units of the loss. */
    double unit() {
        return loss.isScaled() ? PlanMapping.MEAN_LOSSES_PER_UNIT * scale.mean() : 1;
    }

    /* Learns the scale from what the champion answered. */
    private Measure seen(Answer champion, String label) {
        if (!loss.isScaled() || champion.failed()) {
            return this;
        }
        OptionalDouble of = loss.of(champion, label, positive);
        return of.isEmpty() ? this : new Measure(loss, positive, scale.observe(of.getAsDouble()), ranks);
    }
}
