package io.homeostat.backbone.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.homeostat.backbone.serde.Check;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a model's labels are written. A text alone is a topic of native labels.
 *
 * @param topic the topic
 * @param format default {@code json} if a label is mapped, otherwise {@code native}
 * @param id of the prediction that the label is about: a pointer, {@code key} or {@code header:NAME}; default the
 *     CloudEvent's id, or the key
 * @param label the true class or number; needed for {@code json}
 * @param time when it became known: a pointer, {@code header:NAME} or {@code timestamp}; default the CloudEvent's time, or
 *     the record's timestamp
 * @param correctionOf the label sent before, where this one corrects it; may be absent or null in a record
 * @param where what a record must say to be meant, by place; default nothing
 */
public record LabelSource(
        String topic,
        SourceFormat format,
        @Nullable Place id,
        @Nullable Place label,
        @Nullable Place time,
        @Nullable Place correctionOf,
        Map<Place, String> where)
        implements TopicSource {
    /** Written as {@code none}: no labels will come. */
    public static final LabelSource NONE = of("none");

    /** Native labels on a topic. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static LabelSource of(String topic) {
        return new LabelSource(Check.name("", topic), SourceFormat.NATIVE, null, null, null, null, Map.of());
    }

    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    static LabelSource read(
            @Nullable String topic,
            @Nullable SourceFormat format,
            @Nullable Place id,
            @Nullable Place label,
            @Nullable Place time,
            @Nullable Place correctionOf,
            @Nullable Map<String, Object> where) {
        boolean mapped = id != null || label != null || time != null || correctionOf != null;
        LabelSource source = new LabelSource(
                Check.name("topic", topic),
                format == null ? (mapped ? SourceFormat.JSON : SourceFormat.NATIVE) : format,
                id,
                label,
                time,
                correctionOf,
                TopicSource.conditions(where));
        source.check(mapped);
        return source;
    }

    private void check(boolean mapped) {
        Map<String, @Nullable Place> places = new LinkedHashMap<>();
        places.put("id", id == null ? null : id.oneOf("id", IDS));
        places.put("label", label == null ? null : label.oneOf("label", VALUES));
        places.put("time", time == null ? null : time.oneOf("time", TIMES));
        places.put("correctionOf", correctionOf == null ? null : correctionOf.oneOf("correctionOf", VALUES));
        TopicSource.checkDistinct(places);
        switch (format) {
            case NATIVE ->
                Check.that(!mapped, "format", "native records are not mapped; leave the format out, or the fields");
            case JSON -> Check.present("label", label);
            case KSERVE -> Check.that(false, "format", "'kserve' has no labels; map them with JSON pointers");
        }
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
        fields.put("label", label);
        fields.put("time", time);
        fields.put("correctionOf", correctionOf);
        fields.put("where", where);
        return TopicSource.written(fields);
    }
}
