package io.homeostat.backbone.event;

import io.homeostat.backbone.serde.Check;
import io.homeostat.backbone.serde.InvalidValueException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One answered request. While a rollout computes both sides of a request, the other side stands in {@code counterpart},
 * so that one event carries the pair.
 *
 * @param predictionId joins the label; unique per model
 * @param model whose prediction
 * @param eventTime when it was made
 * @param features the inputs: numbers, texts or null (missing) by name
 * @param answer what was answered; absent for history that no model has answered
 * @param unitId hashed id of whoever asked; keeps them on one arm
 * @param rolloutId the rollout in force
 * @param step index of its step
 * @param arm which side answered
 * @param weightPercent the candidate's share in force, 0 to 100
 * @param bucket the unit's bucket, 0 to 9,999
 * @param counterpart the other side's answer to the same request, never seen by the user
 * @param traceparent W3C trace context
 * @param schemaVersion of this form; 1
 */
public record PredictionEvent(
        String predictionId,
        String model,
        Instant eventTime,
        Map<String, Object> features,
        @Nullable Answer answer,
        @Nullable String unitId,
        @Nullable String rolloutId,
        @Nullable Integer step,
        @Nullable Arm arm,
        @Nullable Double weightPercent,
        @Nullable Integer bucket,
        @Nullable Answer counterpart,
        @Nullable String traceparent,
        @Nullable Integer schemaVersion) {
    public PredictionEvent {
        Check.id("predictionId", predictionId);
        Check.name("model", model);
        Check.present("eventTime", eventTime);
        Check.present("features", features);
        features = features instanceof FeatureValues ? features : scalars(features);
        if (weightPercent != null) {
            Check.range("weightPercent", weightPercent, 0, 100);
        }
        if (bucket != null) {
            Check.range("bucket", bucket, 0, 9_999);
        }
    }

    /** History for a first training: features with a label to follow, answered by no model. */
    public static PredictionEvent history(String id, String model, Instant time, Map<String, Object> features) {
        return new PredictionEvent(id, model, time, features, null, null, null, null, null, null, null, null, null, 1);
    }

    /** The answer that the given version gave to this request, whichever side it was on. */
    public Optional<Answer> answerOf(String modelVersion) {
        if (answer != null && answer.modelVersion().equals(modelVersion)) {
            return Optional.of(answer);
        }
        return Optional.ofNullable(counterpart).filter(c -> c.modelVersion().equals(modelVersion));
    }

    private static Map<String, Object> scalars(Map<String, Object> features) {
        Map<String, Object> copy = new LinkedHashMap<>(features.size() * 2);
        features.forEach((name, value) -> copy.put(name, scalar("features." + name, value)));
        return Collections.unmodifiableMap(copy);
    }

    // a map value may be null: a missing value is a fact, too
    @SuppressWarnings("NullAway")
    private static Object scalar(String path, @Nullable Object value) {
        if (value == null || value instanceof String) {
            return value;
        }
        if (value instanceof Number number) {
            return Check.finite(path, number.doubleValue());
        }
        if (value instanceof Boolean bool) {
            return bool ? 1.0 : 0.0;
        }
        throw new InvalidValueException(path, "is neither a number nor a text: " + shortened(value));
    }

    private static String shortened(Object value) {
        String text = String.valueOf(value);
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    /**
     * A model's answer.
     *
     * @param modelVersion who answered
     * @param artifactSha256 digest of the artifact that answered
     * @param output the predicted class, or the predicted number as text; absent when it failed
     * @param score the positive class's probability (binary), the predicted class's (multiclass), the number
     *     (regression)
     * @param probabilities each class's probability (multiclass)
     * @param statusCode HTTP status of this side; 200 when it answered
     * @param latencyMillis how long it took
     */
    public record Answer(
            String modelVersion,
            @Nullable String artifactSha256,
            @Nullable String output,
            @Nullable Double score,
            @Nullable Map<String, Double> probabilities,
            @Nullable Integer statusCode,
            @Nullable Double latencyMillis) {
        public Answer {
            Check.text("modelVersion", modelVersion);
            if (score != null) {
                Check.finite("score", score);
            }
            if (latencyMillis != null) {
                Check.finite("latencyMillis", latencyMillis);
            }
            statusCode = statusCode == null ? 200 : statusCode;
        }

        /** Whether this side failed. */
        public boolean failed() {
            return output == null || (statusCode != null && statusCode >= 500);
        }
    }
}
