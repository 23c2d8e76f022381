package io.homeostat.backbone.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.homeostat.backbone.serde.Check;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where feature rows are written that are watched as such, with or without a model. A text alone is a topic whose values
 * are objects of features by name.
 *
 * @param topic the topic
 * @param features where they stand; default the value itself
 * @param time the row's: a pointer, {@code header:NAME} or {@code timestamp}; default the CloudEvent's time, or the
 *     record's timestamp
 * @param where what a record must say to be meant, by place; default nothing
 */
public record FeatureSource(
        String topic, FeaturePlaces features, @Nullable Place time, Map<Place, String> where) implements TopicSource {
    /** Rows by feature name. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static FeatureSource of(String topic) {
        return new FeatureSource(Check.name("", topic), FeaturePlaces.ROOT, null, Map.of());
    }

    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    static FeatureSource read(
            @Nullable String topic,
            @Nullable FeaturePlaces features,
            @Nullable Place time,
            @Nullable Map<String, Object> where) {
        FeatureSource source = new FeatureSource(
                Check.name("topic", topic),
                features == null ? FeaturePlaces.ROOT : features,
                time == null ? null : time.oneOf("time", TIMES),
                TopicSource.conditions(where));
        Map<String, @Nullable Place> places = new LinkedHashMap<>();
        places.put("time", source.time);
        source.features.each().forEach((name, place) -> places.put("features." + name, place));
        TopicSource.checkDistinct(places);
        return source;
    }

    @Override
    public SourceFormat format() {
        return SourceFormat.JSON;
    }

    @JsonValue
    Object written() {
        if (features.equals(FeaturePlaces.ROOT) && time == null && where.isEmpty()) {
            return topic;
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("topic", topic);
        fields.put("features", features);
        fields.put("time", time);
        fields.put("where", where);
        return TopicSource.written(fields);
    }
}
