package io.homeostat.gateway.infer;

import io.homeostat.backbone.event.Arm;
import io.homeostat.backbone.event.PredictionEvent;
import io.homeostat.backbone.event.PredictionEvent.Answer;
import io.homeostat.backbone.event.Route;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One row on its way: filled in step by step, by one thread after the other, then handed over with its event. */
final class Row {
    final int index;
    final String predictionId;
    final Instant time;
    final Map<String, Object> features;
    private final @Nullable String unit;

    /** Who shall answer; becomes who answered. */
    Arm arm = Arm.STABLE;

    @Nullable
    Integer bucket;

    @Nullable
    Answer answer;

    @Nullable
    Answer counterpart;

    /** Whether the counterpart is still to be computed. */
    boolean owesCounterpart;

    Row(int index, String predictionId, Instant time, Map<String, Object> features, @Nullable String unit) {
        this.index = index;
        this.predictionId = predictionId;
        this.time = time;
        this.features = features;
        this.unit = unit;
    }

    /** Whom the bucket is of: the unit, or this one request. */
    String unitOrSelf() {
        return unit == null ? predictionId : unit;
    }

    Answer answered() {
        return Objects.requireNonNull(answer, "a row is answered before it is told of");
    }

    /** The event of a row that a version was asked for by name, or outside any rollout. */
    PredictionEvent plainEvent(String model, @Nullable String traceparent) {
        return new PredictionEvent(
                predictionId,
                model,
                time,
                features,
                answer,
                hashedUnit(),
                null,
                null,
                null,
                null,
                null,
                null,
                traceparent,
                1);
    }

    /** The event of a row of a model that has a challenger. */
    PredictionEvent pairedEvent(Route route, @Nullable String traceparent) {
        return new PredictionEvent(
                predictionId,
                route.model(),
                time,
                features,
                answer,
                hashedUnit(),
                route.rolloutId(),
                route.step(),
                arm,
                route.challengerPercent(),
                bucket,
                counterpart,
                traceparent,
                1);
    }

    private @Nullable String hashedUnit() {
        return unit == null ? null : UnitHash.of(unit);
    }
}
