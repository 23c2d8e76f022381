package io.homeostat.metastore.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.backbone.serde.Json;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Values in cells of a table: a number, {@code true} or {@code false} as they are; a text as it is, unless it would be read as one
 * of those or begins with a quote: then as JSON, in quotes. An empty cell has no value.
 */
final class Cell {
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");

    private Cell() {}

    /** The value in a cell; null if it is empty. */
    static @Nullable Object value(String cell) {
        if (cell.isEmpty()) {
            return null;
        }
        if (cell.equals("true") || cell.equals("false")) {
            return cell.equals("true");
        }
        if (cell.charAt(0) == '"') {
            return text(cell);
        }
        if (WHOLE.matcher(cell).matches()) {
            return Long.valueOf(cell);
        }
        return NUMBER.matcher(cell).matches() ? (Object) Double.valueOf(cell) : cell;
    }

    private static String text(String cell) {
        try {
            return Json.mapper().readValue(cell, String.class);
        } catch (JsonProcessingException e) {
            throw new InvalidValueException("", cell + " begins with a quote and is not a JSON text");
        }
    }

    /** What is written for a value. */
    static String of(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        boolean ambiguous = value instanceof String text && (text.isEmpty() || !text.equals(plain(text)));
        return ambiguous ? Json.text(value) : String.valueOf(value);
    }

    private static @Nullable Object plain(String text) {
        return text.charAt(0) == '"' ? null : value(text);
    }
}
