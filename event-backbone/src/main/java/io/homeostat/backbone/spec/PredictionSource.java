package io.homeostat.backbone.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.homeostat.backbone.serde.Check;
import io.homeostat.backbone.spec.Place.Kind;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a model's predictions are written. A text alone is a topic of native predictions.
 *
 * @param topic the topic
 * @param format default {@code json} if anything is mapped, otherwise {@code native}
 * @param id of the prediction: a pointer, {@code key} or {@code header:NAME}; default the CloudEvent's id, or the key
 * @param time when it was made: a pointer, {@code header:NAME} or {@code timestamp}; default the CloudEvent's time, or the
 *     record's timestamp
 * @param features where they stand; needed for {@code json}
 * @param prediction the class or number that was predicted; needed for {@code json} unless probabilities are given
 * @param score the positive class's probability of a binary model
 * @param probabilities an object of classes, or a list for the classes 0, 1, …
 * @param modelVersion who answered: a pointer, {@code header:NAME} or {@code constant:TEXT}; default {@code unknown}
 * @param where what a record must say to be meant, by place; default nothing
 */
public record PredictionSource(
        String topic,
        SourceFormat format,
        @Nullable Place id,
        @Nullable Place time,
        @Nullable FeaturePlaces features,
        @Nullable Place prediction,
        @Nullable Place score,
        @Nullable Place probabilities,
        @Nullable Place modelVersion,
        Map<Place, String> where)
        implements TopicSource {
    private static final Set<Kind> VERSIONS = EnumSet.of(Kind.POINTER, Kind.HEADER, Kind.CONSTANT);

    /** Native predictions on a topic. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static PredictionSource of(String topic) {
        return new PredictionSource(
                Check.name("", topic), SourceFormat.NATIVE, null, null, null, null, null, null, null, Map.of());
    }

    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    static PredictionSource read(
            @Nullable String topic,
            @Nullable SourceFormat format,
            @Nullable Place id,
            @Nullable Place time,
            @Nullable FeaturePlaces features,
            @Nullable Place prediction,
            @Nullable Place score,
            @Nullable Place probabilities,
            @Nullable Place modelVersion,
            @Nullable Map<String, Object> where) {
        boolean mapped = id != null
                || time != null
                || features != null
                || prediction != null
                || score != null
                || probabilities != null
                || modelVersion != null;
        PredictionSource source = new PredictionSource(
                Check.name("topic", topic),
                format == null ? (mapped ? SourceFormat.JSON : SourceFormat.NATIVE) : format,
                id,
                time,
                features,
                prediction,
                score,
                probabilities,
                modelVersion,
                TopicSource.conditions(where));
        source.check(mapped);
        return source;
    }

    private void check(boolean mapped) {
        Map<String, @Nullable Place> places = new LinkedHashMap<>();
        places.put("id", allowed("id", id, IDS));
        places.put("time", allowed("time", time, TIMES));
        places.put("prediction", allowed("prediction", prediction, VALUES));
        places.put("score", allowed("score", score, VALUES));
        places.put("probabilities", allowed("probabilities", probabilities, VALUES));
        places.put("modelVersion", allowed("modelVersion", modelVersion, VERSIONS));
        if (features != null) {
            features.each().forEach((name, place) -> places.put("features." + name, place));
        }
        TopicSource.checkDistinct(places);
        if (format == SourceFormat.NATIVE) {
            Check.that(!mapped, "format", "native records are not mapped; leave the format out, or the fields");
        } else if (format == SourceFormat.JSON) {
            Check.present("features", features);
            Check.that(
                    prediction != null || probabilities != null,
                    "prediction",
                    "is missing; say where the predicted class or number stands");
        } else {
            where.keySet().forEach(place -> place.oneOf("where." + place, EnumSet.of(Kind.KEY, Kind.HEADER)));
        }
    }

    private static @Nullable Place allowed(String field, @Nullable Place place, Set<Kind> kinds) {
        return place == null ? null : place.oneOf(field, kinds);
    }

    @JsonValue
    Object written() {
        if (format == SourceFormat.NATIVE && where.isEmpty()) {
            return topic;
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("topic", topic);
        fields.put("format", format);
        fields.put("id", id);
        fields.put("time", time);
        fields.put("features", features);
        fields.put("prediction", prediction);
        fields.put("score", score);
        fields.put("probabilities", probabilities);
        fields.put("modelVersion", modelVersion);
        fields.put("where", where);
        return TopicSource.written(fields);
    }
}
