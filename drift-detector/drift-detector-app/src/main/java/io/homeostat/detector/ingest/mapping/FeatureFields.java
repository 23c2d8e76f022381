package io.homeostat.detector.ingest.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.homeostat.backbone.deadletter.DeadLetter.Reason;
import io.homeostat.backbone.spec.FeatureKind;
import io.homeostat.backbone.spec.FeaturePlaces;
import io.homeostat.backbone.spec.ModelSpec;
import java.util.LinkedHashMap;
import java.util.Map;

/** The features of a spec, each looked up where it stands and held against its kind. */
final class FeatureFields {
    private final Map<String, Field> fields = new LinkedHashMap<>();
    private final ModelSpec spec;

    FeatureFields(String path, FeaturePlaces places, ModelSpec spec) {
        this.spec = spec;
        spec.features()
                .keySet()
                .forEach(name ->
                        fields.put(name, new Field(path + "." + name, places.of(name), Reason.INVALID_FEATURE)));
    }

    /** The row: numbers, texts, or null for what is not known. */
    // a map value may be null: a missing value is a fact, too
    @SuppressWarnings("NullAway")
    Map<String, Object> in(Message message) {
        Map<String, Object> row = new LinkedHashMap<>();
        spec.features().forEach((name, kind) -> {
            Field field = fields.get(name);
            JsonNode value = field.in(message);
            if (value.isMissingNode()) {
                throw new MisfitException(
                        Reason.INVALID_FEATURE,
                        field.toString().replace(" at ", ": nothing stands at ")
                                + "; write null where its value is not known");
            }
            row.put(name, value.isNull() ? null : scalar(field, message, value, kind));
        });
        return row;
    }

    private static Object scalar(Field field, Message message, JsonNode value, FeatureKind kind) {
        if (value.isBoolean()) {
            return value.booleanValue() ? 1.0 : 0.0;
        } else if (kind == FeatureKind.CATEGORICAL && value.isTextual()) {
            return value.textValue();
        } else if (value.isTextual()) {
            throw field.wrong(value, "is a text, the spec says numeric");
        }
        return field.number(message);
    }
}
