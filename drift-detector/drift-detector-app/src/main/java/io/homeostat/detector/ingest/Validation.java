package io.homeostat.detector.ingest;

import io.homeostat.backbone.deadletter.DeadLetter.Reason;
import io.homeostat.backbone.event.FeatureValues;
import io.homeostat.backbone.event.LabelEvent;
import io.homeostat.backbone.event.PredictionEvent;
import io.homeostat.backbone.event.PredictionEvent.Answer;
import io.homeostat.backbone.spec.FeatureKind;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.detector.ingest.mapping.FeatureRow;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Holds what comes in against the model's spec. */
final class Validation {
    /** A clock may run ahead by this much; an event beyond it would close windows that are still filling. */
    static final Duration AHEAD = Duration.ofHours(1);

    /** Versions and classes are counted by name, and the names are kept. */
    private static final int LONGEST_NAME = 256;

    private Validation() {}

    /**
     * What is wrong with an event.
     *
     * @param reason the kind of problem
     * @param message path, value and a way out
     */
    record Problem(Reason reason, String message) {}

    static Problem unknownModel(String model) {
        return new Problem(
                Reason.UNKNOWN_MODEL,
                "model: '" + model + "' is not registered; PUT its spec to /api/v1/models/" + model);
    }

    static Optional<Problem> of(PredictionEvent event, KnownModel model, long nowMillis) {
        ModelSpec spec = model.spec();
        if (event.answer() == null) {
            return Optional.of(new Problem(Reason.UNREADABLE, "answer: is missing; say what the model answered"));
        }
        Optional<Problem> found = time("eventTime", event.eventTime(), nowMillis);
        found = found.isEmpty() ? answer("answer", event.answer(), spec) : found;
        found = found.isEmpty() ? answer("counterpart", event.counterpart(), spec) : found;
        return found.isEmpty() && !isKnownToFit(event.features(), model) ? features(event.features(), spec) : found;
    }

    private static boolean isKnownToFit(Map<String, Object> features, KnownModel model) {
        return features instanceof FeatureValues row && model.isKnownToFit(row);
    }

    private static Optional<Problem> answer(String path, @Nullable Answer answer, ModelSpec spec) {
        if (answer == null) {
            return Optional.empty();
        }
        if (answer.modelVersion().length() > LONGEST_NAME) {
            return Optional.of(new Problem(
                    Reason.UNREADABLE, path + ".modelVersion: is longer than " + LONGEST_NAME + " characters"));
        }
        if (answer.modelVersion().equals(FeatureRow.VERSION)) {
            return Optional.of(new Problem(
                    Reason.UNREADABLE,
                    path + ".modelVersion: 'features' stands for feature rows; give the version another name"));
        }
        if (answer.probabilities() != null) {
            for (Map.Entry<String, Double> one : answer.probabilities().entrySet()) {
                if (one.getKey().length() > LONGEST_NAME) {
                    return Optional.of(
                            new Problem(Reason.UNREADABLE, path + ".probabilities: " + tooLong(one.getKey())));
                }
                Double p = one.getValue();
                if (p == null || !(p >= 0 && p <= 1 + 1e-6)) {
                    return Optional.of(new Problem(
                            Reason.UNREADABLE,
                            path + ".probabilities." + one.getKey() + ": " + p + " is outside 0 to 1"));
                }
            }
        }
        String output = answer.output();
        if (output != null && output.length() > LONGEST_NAME) {
            return Optional.of(new Problem(Reason.UNREADABLE, path + ".output: " + tooLong(output)));
        }
        return output == null || spec.task().isClassification() || isNumber(output)
                ? Optional.empty()
                : Optional.of(new Problem(
                        Reason.UNREADABLE, path + ".output: '" + output + "' is not a number, the task is regression"));
    }

    private static String tooLong(String name) {
        return "'" + name.substring(0, 30) + "…' is longer than " + LONGEST_NAME
                + " characters; a class has a short name";
    }

    private static boolean isNumber(String text) {
        try {
            return Double.isFinite(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static Optional<Problem> features(Map<String, Object> features, ModelSpec spec) {
        for (Map.Entry<String, FeatureKind> wanted : spec.features().entrySet()) {
            String name = wanted.getKey();
            Object value = features.get(name);
            if (value == null && !features.containsKey(name)) {
                return Optional.of(new Problem(
                        Reason.INVALID_FEATURE,
                        "features." + name + ": is missing; write null where its value is not known"));
            }
            if (wanted.getValue() == FeatureKind.NUMERIC && value instanceof String text) {
                return Optional.of(new Problem(
                        Reason.INVALID_FEATURE,
                        "features." + name + ": '" + text + "' is a text, the spec says numeric"));
            }
        }
        return Optional.empty();
    }

    static Optional<Problem> of(LabelEvent event, ModelSpec spec, long nowMillis) {
        if (!spec.source().awaitsLabels()) {
            return Optional.of(new Problem(
                    Reason.LABEL_WITHOUT_PREDICTION,
                    "model: the spec of '" + event.model()
                            + "' awaits no labels (source.labels: none, or only features), so"
                            + " no prediction is kept for this one; name where they come from to have them joined"));
        }
        if (event.labelText().length() > LONGEST_NAME) {
            return Optional.of(new Problem(Reason.INVALID_LABEL, "label: " + tooLong(event.labelText())));
        }
        if (!spec.task().isClassification() && !isNumber(event.labelText())) {
            return Optional.of(new Problem(
                    Reason.INVALID_LABEL,
                    "label: '" + event.labelText() + "' is not a number, the task is regression"));
        }
        return time("labelTime", event.labelTime(), nowMillis);
    }

    static Optional<Problem> time(String path, Instant time, long nowMillis) {
        long second = time.getEpochSecond();
        if (second >= 0 && second < nowMillis / 1000) {
            return Optional.empty(); // as every event asks
        }
        Instant now = Instant.ofEpochMilli(nowMillis);
        if (time.isBefore(Instant.EPOCH)) {
            return Optional.of(new Problem(Reason.INVALID_TIME, path + ": " + time + " is before " + Instant.EPOCH));
        }
        return time.isAfter(now.plus(AHEAD))
                ? Optional.of(new Problem(
                        Reason.INVALID_TIME,
                        path + ": " + time + " is more than " + AHEAD.toHours() + " h ahead of " + now
                                + "; is the sender's clock right?"))
                : Optional.empty();
    }
}
