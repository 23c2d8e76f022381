package io.homeostat.detector.ingest.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.homeostat.backbone.deadletter.DeadLetter.Reason;
import io.homeostat.backbone.event.LabelEvent;
import io.homeostat.backbone.event.PredictionEvent;
import io.homeostat.backbone.event.PredictionEvent.Answer;
import io.homeostat.backbone.spec.FeaturePlaces;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.spec.Place;
import io.homeostat.backbone.spec.PredictionSource;
import io.homeostat.backbone.spec.SourceFormat;
import io.homeostat.backbone.spec.TaskKind;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a prediction of a message, as a spec's {@code source.predictions} says. */
public final class PredictionMapping {
    /** The version of answers that do not say who gave them. */
    public static final String UNKNOWN_VERSION = "unknown";

    private static final String SOURCE = "source.predictions";

    private final ModelSpec spec;
    private final Origins origins;
    private final FeatureFields features;
    private final @Nullable Field prediction;
    private final @Nullable Field score;
    private final @Nullable Field probabilities;
    private final @Nullable Field version;
    private final boolean kserve;

    /** The mapping of a spec; what the source does not map is looked for where an {@link InferenceRows} puts it. */
    public PredictionMapping(ModelSpec spec, PredictionSource source) {
        this.spec = spec;
        this.origins = new Origins(SOURCE, source.id(), source.time());
        FeaturePlaces places = source.features();
        this.features = new FeatureFields(
                SOURCE + ".features", places == null ? FeaturePlaces.read(InferenceRows.INPUTS) : places, spec);
        boolean mapped = source.prediction() != null || source.probabilities() != null;
        this.prediction = field("prediction", mapped ? source.prediction() : Place.of(InferenceRows.PREDICTION));
        this.probabilities =
                field("probabilities", mapped ? source.probabilities() : Place.of(InferenceRows.PROBABILITIES));
        this.score = field("score", source.score());
        this.version = field("modelVersion", source.modelVersion());
        this.kserve = source.format() == SourceFormat.KSERVE;
    }

    private static @Nullable Field field(String name, @Nullable Place place) {
        return place == null ? null : new Field(SOURCE + "." + name, place, Reason.UNREADABLE);
    }

    /** The prediction. Errors: {@link MisfitException}. */
    public PredictionEvent event(Message message) {
        return event(message, origins.id(message), origins.time(message));
    }

    /** The prediction of a row whose id and time are known. Errors: {@link MisfitException}. */
    PredictionEvent event(Message message, String id, Instant time) {
        return new PredictionEvent(
                id,
                spec.model(),
                time,
                features.in(message),
                answer(message),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                message.headers().get("traceparent"),
                1);
    }

    private Answer answer(Message message) {
        Map<String, Double> classes = probabilities(message);
        String output = output(message, classes);
        return new Answer(version(message), null, output, score(message, output, classes), classes, null, null);
    }

    private String version(Message message) {
        if (version != null) {
            return version.text(message);
        }
        // a user's own JSON says nothing that is not mapped
        String said = kserve ? message.value().path(InferenceRows.VERSION).asText("") : "";
        return said.isBlank() ? UNKNOWN_VERSION : said;
    }

    private String output(Message message, @Nullable Map<String, Double> classes) {
        Field field = prediction;
        if (classes != null && (field == null || field.in(message).isMissingNode())) {
            return mostLikely(classes);
        }
        if (field == null) {
            throw new MisfitException(Reason.UNREADABLE, probabilities + " are missing, and no prediction is mapped");
        }
        if (spec.task() == TaskKind.REGRESSION) {
            return LabelEvent.text(SOURCE + ".prediction", field.number(message));
        }
        String output = field.scalar(message);
        JsonNode value = field.in(message);
        if (value.isNumber() && value.doubleValue() != Math.rint(value.doubleValue())) {
            throw field.wrong(value, "is no class; a probability belongs to score or probabilities");
        }
        return output;
    }

    private static String mostLikely(Map<String, Double> classes) {
        return classes.entrySet().stream()
                .max(Map.Entry.<String, Double>comparingByValue()
                        .thenComparing(
                                Map.Entry.<String, Double>comparingByKey().reversed()))
                .orElseThrow()
                .getKey();
    }

    private @Nullable Double score(Message message, String output, @Nullable Map<String, Double> classes) {
        if (spec.task() == TaskKind.REGRESSION) {
            return Double.valueOf(output);
        } else if (score != null) {
            return score.number(message);
        }
        return classes == null ? null : classes.get(spec.task() == TaskKind.BINARY ? spec.positive() : output);
    }

    private @Nullable Map<String, Double> probabilities(Message message) {
        Field field = probabilities;
        JsonNode node = field == null ? null : field.in(message);
        if (field == null || node == null || node.isMissingNode() || node.isNull()) {
            return null;
        }
        if (!node.isContainerNode() || node.isEmpty()) {
            throw field.wrong(node, "is neither an object nor a list of probabilities");
        }
        Map<String, Double> classes = new LinkedHashMap<>();
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                classes.put(Integer.toString(i), probability(field, node, node.get(i)));
            }
        } else {
            node.properties().forEach(entry -> classes.put(entry.getKey(), probability(field, node, entry.getValue())));
        }
        return classes;
    }

    private static double probability(Field field, JsonNode all, JsonNode one) {
        if (!one.isNumber() || !(one.doubleValue() >= 0 && one.doubleValue() <= 1 + 1e-6)) {
            throw field.wrong(all, "has '" + one.asText() + "', which is outside 0 to 1");
        }
        return one.doubleValue();
    }
}
