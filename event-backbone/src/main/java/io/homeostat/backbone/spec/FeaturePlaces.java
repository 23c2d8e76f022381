package io.homeostat.backbone.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.homeostat.backbone.serde.Check;
import io.homeostat.backbone.serde.InvalidValueException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the features stand in a record's value. Written as one pointer to the object that holds them all by name
 * ({@code /input}; empty for the value itself), or as a pointer for each.
 */
public final class FeaturePlaces {
    /** The value itself holds the features by name. */
    public static final FeaturePlaces ROOT = new FeaturePlaces(new Place(Place.Kind.POINTER, ""), Map.of());

    private final @Nullable Place object;
    private final Map<String, Place> each;

    private FeaturePlaces(@Nullable Place object, Map<String, Place> each) {
        this.object = object;
        this.each = each;
    }

    /** Reads a pointer, or pointers by feature. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static FeaturePlaces read(Object written) {
        if (written instanceof String text) {
            return text.isEmpty() ? ROOT : new FeaturePlaces(pointer("", text), Map.of());
        }
        if (written instanceof Map<?, ?> map) {
            Map<String, Place> places = new LinkedHashMap<>();
            map.forEach((name, place) ->
                    places.put(String.valueOf(name), pointer(String.valueOf(name), String.valueOf(place))));
            return new FeaturePlaces(null, Collections.unmodifiableMap(places));
        }
        throw new InvalidValueException("", "is neither a JSON pointer nor pointers by feature");
    }

    private static Place pointer(String path, String text) {
        try {
            return Place.of(text).oneOf("", Set.of(Place.Kind.POINTER));
        } catch (InvalidValueException e) {
            throw e.under(path);
        }
    }

    /** Where a feature stands. */
    public Place of(String feature) {
        Place single = each.get(feature);
        return single == null && object != null ? object.member(feature) : Check.present(feature, single);
    }

    /** Every pointer that is given, by feature; empty if one object holds them all. */
    Map<String, Place> each() {
        return each;
    }

    void check(String path, Set<String> features) {
        if (object != null) {
            return;
        }
        for (String feature : features) {
            if (!each.containsKey(feature)) {
                throw new InvalidValueException(
                        path + "." + feature, "is missing; every feature of the spec is mapped");
            }
        }
        for (String mapped : each.keySet()) {
            if (!features.contains(mapped)) {
                throw new InvalidValueException(
                        path + "." + mapped, "is no feature of this spec; known are " + String.join(", ", features));
            }
        }
    }

    @JsonValue
    Object written() {
        return object == null ? each : object.toString();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FeaturePlaces places && written().equals(places.written());
    }

    @Override
    public int hashCode() {
        return written().hashCode();
    }

    @Override
    public String toString() {
        return written().toString();
    }
}
