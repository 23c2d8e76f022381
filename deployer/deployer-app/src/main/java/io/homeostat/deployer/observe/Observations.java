package io.homeostat.deployer.observe;

import io.homeostat.backbone.event.LabelledEvent;
import io.homeostat.backbone.event.PredictionEvent;
import io.homeostat.backbone.event.PredictionEvent.Answer;
import io.homeostat.deployer.observe.Observation.Side;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes from the streams what concerns a rollout, and only that. */
public final class Observations {
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private Observations() {}

    /** What a prediction says; empty outside a rollout, and if its time cannot be: the detector sets that aside. */
    public static Optional<Observation> of(PredictionEvent event) {
        if (event.rolloutId() == null || event.answer() == null || !canBe(event.eventTime())) {
            return Optional.empty();
        }
        Double weight = event.weightPercent();
        return Optional.of(new Observation.Request(
                event.eventTime(),
                event.rolloutId(),
                unit(event),
                weight == null ? 0 : weight,
                event.bucket(),
                event.arm(),
                side(event.answer()),
                event.counterpart() == null ? null : side(event.counterpart())));
    }

    /** Whatever counts in milliseconds can hold it. */
    private static boolean canBe(Instant time) {
        return !time.isBefore(Instant.EPOCH) && time.isBefore(LATEST);
    }

    /** What a label says; empty outside a rollout, and for a correction: only a prediction's first label counts. */
    public static Optional<Observation> of(LabelledEvent event) {
        PredictionEvent prediction = event.prediction();
        if (prediction.rolloutId() == null || prediction.answer() == null || event.correction()) {
            return Optional.empty();
        }
        return Optional.of(new Observation.Outcome(
                event.labelTime(),
                prediction.eventTime(),
                prediction.rolloutId(),
                unit(prediction),
                prediction.weightPercent(),
                event.label(),
                judged(prediction.answer()),
                prediction.counterpart() == null ? null : judged(prediction.counterpart())));
    }

    private static String unit(PredictionEvent event) {
        return event.unitId() == null ? event.predictionId() : event.unitId();
    }

    private static Side side(Answer answer) {
        @Nullable Double latency = answer.latencyMillis();
        return new Side(answer.modelVersion(), answer.failed(), latency == null ? 0 : Math.max(0, latency));
    }

    private static Answer judged(Answer answer) {
        return new Answer(
                answer.modelVersion(),
                null,
                answer.output(),
                answer.score(),
                answer.probabilities(),
                answer.statusCode(),
                null);
    }
}
