package io.homeostat.study.space;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** The one form of every value: String, Boolean, Long for whole numbers, finite Double for the rest. */
final class Scalar {
    /** Whole numbers up to here are exact as a double too, so that every mapping can be undone. */
    static final long LARGEST_WHOLE = 1L << 53;

    private Scalar() {}

    static Object of(@Nullable Object raw, String path) {
        if (raw instanceof String || raw instanceof Boolean) {
            return raw;
        }
        if (raw instanceof Long || raw instanceof Integer || raw instanceof Short || raw instanceof Byte) {
            return ((Number) raw).longValue();
        }
        if (raw instanceof BigInteger big && big.bitLength() < Long.SIZE) {
            return big.longValueExact();
        }
        if (raw instanceof Double || raw instanceof Float || raw instanceof BigDecimal) {
            return finite(((Number) raw).doubleValue(), path);
        }
        throw new SpaceException(path, show(raw) + " is not a string, a number or a boolean.");
    }

    static double number(@Nullable Object raw, String path) {
        if (raw instanceof Number number) {
            return finite(number.doubleValue(), path);
        }
        throw new SpaceException(path, show(raw) + " is not a number.");
    }

    static long whole(@Nullable Object raw, String path) {
        double value = number(raw, path);
        if (value != Math.rint(value)) {
            throw new SpaceException(path, show(raw) + " is not a whole number. Use float where fractions are meant.");
        }
        if (Math.abs(value) > LARGEST_WHOLE) {
            throw new SpaceException(path, show(raw) + " is beyond 2^53, the largest whole number kept exactly.");
        }
        return (long) value;
    }

    /** Equal, or the same number written as 1 and as 1.0. */
    static boolean same(Object a, Object b) {
        return a.equals(b) || (a instanceof Number x && b instanceof Number y && x.doubleValue() == y.doubleValue());
    }

    static String show(@Nullable Object raw) {
        String text = raw instanceof String ? "\"" + raw + "\"" : String.valueOf(raw);
        return text.length() <= 80 ? text : text.substring(0, 77) + "...";
    }

    private static Double finite(double value, String path) {
        if (!Double.isFinite(value)) {
            throw new SpaceException(path, value + " is not a finite number.");
        }
        return value;
    }
}
