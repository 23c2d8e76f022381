package io.homeostat.meta.metafeature;

import java.util.Collection;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A cell in the form the builder works with: a finite {@code Double}, a category's hash as {@code Long}, or null for
 * missing. A category's text is not kept, so a long text costs no memory.
 */
final class Cell {
    private Cell() {}

    static @Nullable Object of(String path, @Nullable Object value) {
        if (value instanceof Number number) {
            double x = number.doubleValue();
            return Double.isFinite(x) ? (Object) x : null;
        }
        return value == null ? null : (Object) category(path, value);
    }

    /** The label as a class: {@code 1}, {@code 1.0} and {@code "1"} are the same one. */
    static @Nullable Object classOf(@Nullable Object label) {
        if (label instanceof Number number) {
            double x = number.doubleValue();
            return Double.isFinite(x) ? (Object) Hash.of(text(x)) : null;
        }
        return label == null ? null : (Object) category("label", label);
    }

    /** The label as a number. */
    static @Nullable Object numberOf(@Nullable Object label) {
        return label instanceof Number number && Double.isFinite(number.doubleValue())
                ? (Object) number.doubleValue()
                : null;
    }

    static OptionalDouble number(@Nullable Object cell) {
        return cell instanceof Double x ? OptionalDouble.of(x) : OptionalDouble.empty();
    }

    private static long category(String path, Object value) {
        if (value instanceof CharSequence || value instanceof Boolean) {
            return Hash.of(value.toString());
        }
        throw new IllegalArgumentException(
                path + ": " + kind(value) + " is neither a number nor a text. Flatten it before.");
    }

    private static String kind(Object value) {
        if (value instanceof Collection) {
            return "a list";
        }
        return value instanceof Map ? "an object" : "a " + value.getClass().getSimpleName();
    }

    private static String text(double x) {
        return x == Math.rint(x) && Math.abs(x) < 1e15 ? Long.toString((long) x) : Double.toString(x);
    }
}
