package io.homeostat.gateway.protocol;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The datatypes of a tensor in the protocol, and Triton's BF16. Numbers and truth values become doubles, texts stay texts;
 * a whole number beyond 2<sup>53</sup> is rounded to the nearest double.
 */
public enum Datatype {
    BOOL,
    UINT8,
    UINT16,
    UINT32,
    UINT64,
    INT8,
    INT16,
    INT32,
    INT64,
    FP16,
    BF16,
    FP32,
    FP64,
    BYTES;

    private static final Map<String, Datatype> BY_NAME =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(Datatype::name, type -> type));
    private static final double MOST_FP16 = 65_504;
    private static final double MOST_BF16 = 0x1.FEp127;

    /** Whether its values are numbers to a model. */
    public boolean numeric() {
        return this != BYTES;
    }

    /* The tensor's path is put together only for a refusal, as in all of what follows. */
    static Datatype of(Supplier<String> path, @Nullable String text) {
        if (text == null) {
            throw RefusedException.badRequest(
                    path.get() + ".datatype", "is missing; known: " + Arrays.toString(values()));
        }
        Datatype type = BY_NAME.get(text);
        if (type != null) {
            return type;
        }
        throw RefusedException.badRequest(
                path.get() + ".datatype", "'" + text + "' is not a datatype known here: " + Arrays.toString(values()));
    }

    /** The value as a model takes it: a double, a text, or null for a missing value. */
    @Nullable
    Object convert(Supplier<String> path, int index, @Nullable Object raw) {
        if (raw == null) {
            return null;
        }
        return switch (this) {
            case FP64 -> real(path, index, raw, Double.MAX_VALUE);
            case FP32 -> real(path, index, raw, Float.MAX_VALUE);
            case FP16 -> real(path, index, raw, MOST_FP16);
            case BF16 -> real(path, index, raw, MOST_BF16);
            case INT8 -> signed(path, index, raw, 8);
            case INT16 -> signed(path, index, raw, 16);
            case INT32 -> signed(path, index, raw, 32);
            case INT64 -> signed(path, index, raw, 64);
            case UINT8 -> unsigned(path, index, raw, 8);
            case UINT16 -> unsigned(path, index, raw, 16);
            case UINT32 -> unsigned(path, index, raw, 32);
            case UINT64 -> unsigned(path, index, raw, 64);
            case BOOL -> truth(path, index, raw);
            case BYTES -> text(path, index, raw);
        };
    }

    private Double real(Supplier<String> path, int index, Object raw, double most) {
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

    private Double signed(Supplier<String> path, int index, Object raw, int bits) {
        if (raw instanceof Long number) {
            return fitting(path, index, raw, number.doubleValue(), number << (64 - bits) >> (64 - bits) == number);
        }
        return beyond(path, index, raw, false);
    }

    private Double unsigned(Supplier<String> path, int index, Object raw, int bits) {
        if (raw instanceof Long number) {
            boolean fits = number >= 0 && (bits == 64 || number < 1L << bits);
            return fitting(path, index, raw, number.doubleValue(), fits);
        }
        return beyond(path, index, raw, this == UINT64);
    }

    // a whole number that is no long: only UINT64 has some of them
    private Double beyond(Supplier<String> path, int index, Object raw, boolean allowed) {
        if (raw instanceof BigInteger number) {
            boolean fits = allowed && number.signum() > 0 && number.bitLength() <= 64;
            return fitting(path, index, raw, number.doubleValue(), fits);
        }
        throw wrong(path, index, raw);
    }

    private Double fitting(Supplier<String> path, int index, Object raw, double value, boolean fits) {
        if (!fits) {
            throw RefusedException.badRequest(at(path, index), shortened(raw.toString()) + " does not fit " + this);
        }
        return value;
    }

    private Double truth(Supplier<String> path, int index, Object raw) {
        if (raw instanceof Boolean bool) {
            return bool ? 1.0 : 0.0;
        }
        throw wrong(path, index, raw);
    }

    private String text(Supplier<String> path, int index, Object raw) {
        if (raw instanceof String text) {
            return text;
        }
        throw wrong(path, index, raw);
    }

    private RefusedException wrong(Supplier<String> path, int index, Object raw) {
        String text = String.valueOf(raw);
        String shown = raw instanceof String ? "'" + shortened(text) + "'" : text;
        return RefusedException.badRequest(at(path, index), shown + " is not " + this + "; write " + wanted());
    }

    private String wanted() {
        return switch (this) {
            case FP64, FP32, FP16, BF16 -> "a number like 1.5";
            case BOOL -> "true or false";
            case BYTES -> "a text in quotes";
            default -> "a whole number like 2";
        };
    }

    private static String at(Supplier<String> path, int index) {
        return path.get() + ".data[" + index + "]";
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
