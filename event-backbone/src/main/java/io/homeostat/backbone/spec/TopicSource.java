package io.homeostat.backbone.spec;

import io.homeostat.backbone.serde.Check;
import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.backbone.spec.Place.Kind;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A topic that a model's spec reads, and how. */
public sealed interface TopicSource permits PredictionSource, LabelSource, FeatureSource {
    /** Where an id may stand. */
    Set<Kind> IDS = Collections.unmodifiableSet(EnumSet.of(Kind.POINTER, Kind.KEY, Kind.HEADER));
    /** Where a time may stand. */
    Set<Kind> TIMES = Collections.unmodifiableSet(EnumSet.of(Kind.POINTER, Kind.HEADER, Kind.TIMESTAMP));
    /** Where what only the value can hold may stand. */
    Set<Kind> VALUES = Collections.unmodifiableSet(EnumSet.of(Kind.POINTER));

    /** The topic's name. */
    String topic();

    /** How its records are written. */
    SourceFormat format();

    /** What a record must say, by place, for this source to be meant; all of it. Others are passed over. */
    Map<Place, String> where();

    /** Reads conditions as people write them: a text, a number or a boolean by place. */
    static Map<Place, String> conditions(@Nullable Map<String, Object> written) {
        Map<Place, String> conditions = new LinkedHashMap<>();
        if (written != null) {
            written.forEach((place, value) -> {
                if (value == null || value instanceof Map || value instanceof Iterable) {
                    throw new InvalidValueException("where." + place, "is no text, number or boolean to be equal to");
                }
                conditions.put(condition(place), String.valueOf(value));
            });
        }
        return Collections.unmodifiableMap(conditions);
    }

    private static Place condition(String place) {
        try {
            return Place.of(place).oneOf("", IDS);
        } catch (InvalidValueException e) {
            throw e.under("where");
        }
    }

    /** Checks that no two fields are mapped to the same pointer. */
    static void checkDistinct(Map<String, @Nullable Place> fields) {
        Map<Place, String> seen = new HashMap<>();
        fields.forEach((field, place) -> {
            String before = place == null || place.kind() == Kind.CONSTANT ? null : seen.put(place, field);
            Check.that(
                    before == null,
                    field,
                    "'" + place + "' is where " + before + " stands already; two fields, two places");
        });
    }

    /** A mapped source as it is written: what is given, in order. */
    static Map<String, Object> written(Map<String, @Nullable Object> fields) {
        Map<String, Object> given = new LinkedHashMap<>();
        fields.forEach((field, value) -> {
            if (value != null && !(value instanceof Map<?, ?> map && map.isEmpty())) {
                given.put(field, value);
            }
        });
        return given;
    }
}
