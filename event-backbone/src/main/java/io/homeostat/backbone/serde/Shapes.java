package io.homeostat.backbone.serde;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What stands in JSON, and what should, in words. */
final class Shapes {
    private Shapes() {}

    /** That something of another shape is needed where a parser stands. */
    static String mismatch(JsonParser in, @Nullable Class<?> type) {
        String given = given(in);
        return type == null || given.equals(MISSING) ? given : given + "; " + wanted(type) + " is needed";
    }

    private static final String MISSING = "is missing";

    private static String given(JsonParser in) {
        JsonToken token = in.currentToken();
        if (token == null || token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY) {
            return MISSING;
        }
        return switch (token) {
            case START_OBJECT, FIELD_NAME -> "is an object";
            case START_ARRAY -> "is a list";
            case VALUE_NULL -> "is empty";
            case VALUE_STRING -> "'" + text(in) + "' is a text";
            case VALUE_TRUE, VALUE_FALSE -> text(in) + " is a yes or no";
            default -> text(in) + " is a number";
        };
    }

    private static String text(JsonParser in) {
        try {
            return in.getText();
        } catch (IOException e) {
            return "it";
        }
    }

    /** What a value of this type is. */
    static String wanted(Class<?> type) {
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "));
        }
        if (type == Instant.class) {
            return "a time like 2026-01-31T12:00:00Z";
        }
        if (type == String.class) {
            return "a text (put it in quotes)";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (Number.class.isAssignableFrom(type) || type.isPrimitive()) {
            return "a number";
        }
        return Collection.class.isAssignableFrom(type) || type.isArray() ? "a list" : object(type);
    }

    private static String object(Class<?> type) {
        if (!type.isRecord()) {
            return Map.class.isAssignableFrom(type) ? "an object" : "a " + type.getSimpleName();
        }
        return "an object of "
                + Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getName)
                        .collect(Collectors.joining(", "));
    }
}
