package io.homeostat.gateway.protocol;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The datatypes of a tensor that the gateway reads. Numbers and truth values become doubles, texts stay texts. */
public enum Datatype {
    FP64,
    FP32,
    INT64,
    INT32,
    BOOL,
    BYTES;

    static Datatype of(String path, @Nullable String text) {
        if (text == null) {
            throw RefusedException.badRequest(path, "is missing; known: " + Arrays.toString(values()));
        }
        for (Datatype type : values()) {
            if (type.name().equals(text)) {
                return type;
            }
        }
        throw RefusedException.badRequest(
                path, "'" + text + "' is not a datatype known here: " + Arrays.toString(values()));
    }

    /** The value as a model takes it: a double, a text, or null for a missing value. */
    @Nullable
    Object convert(String path, int index, @Nullable Object raw) {
        if (raw == null) {
            return null;
        }
        return switch (this) {
            case FP64 -> real(path, index, raw, Double.MAX_VALUE);
            case FP32 -> real(path, index, raw, Float.MAX_VALUE);
            case INT64 -> whole(path, index, raw, Long.MIN_VALUE, Long.MAX_VALUE);
            case INT32 -> whole(path, index, raw, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case BOOL -> truth(path, index, raw);
            case BYTES -> text(path, index, raw);
        };
    }

    private Double real(String path, int index, Object raw, double most) {
        if (!(raw instanceof Number number)) {
            throw wrong(path, index, raw);
        }
        double value = number.doubleValue();
        if (!Double.isFinite(value)) {
            throw RefusedException.badRequest(
                    at(path, index), value + " is not a finite number; write null for a missing value");
        }
        if (Math.abs(value) > most) {
            throw RefusedException.badRequest(at(path, index), value + " does not fit " + this);
        }
        return value;
    }

    private Double whole(String path, int index, Object raw, long low, long high) {
        if (!(raw instanceof Long number)) {
            throw wrong(path, index, raw);
        }
        if (number < low || number > high) {
            throw RefusedException.badRequest(at(path, index), number + " does not fit " + this);
        }
        return number.doubleValue();
    }

    private Double truth(String path, int index, Object raw) {
        if (raw instanceof Boolean bool) {
            return bool ? 1.0 : 0.0;
        }
        throw wrong(path, index, raw);
    }

    private String text(String path, int index, Object raw) {
        if (raw instanceof String text) {
            return text;
        }
        throw wrong(path, index, raw);
    }

    private RefusedException wrong(String path, int index, Object raw) {
        String text = String.valueOf(raw);
        String shown = raw instanceof String ? "'" + shortened(text) + "'" : text;
        return RefusedException.badRequest(at(path, index), shown + " is not " + this + "; write " + wanted());
    }

    private String wanted() {
        return switch (this) {
            case FP64, FP32 -> "a number like 1.5";
            case INT64, INT32 -> "a whole number like 2";
            case BOOL -> "true or false";
            case BYTES -> "a text in quotes";
        };
    }

    private static String at(String path, int index) {
        return path + ".data[" + index + "]";
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
