package io.homeostat.backbone.serde;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks of record constructors; each failure names the path, the value and what is allowed. */
public final class Check {
    /** The longest id that somebody may give, of a prediction or of a task. */
    public static final int LONGEST_ID = 256;

    private Check() {}

    /** The value, or an {@link InvalidValueException} when it is absent. */
    public static <T> T present(String path, @Nullable T value) {
        if (value == null) {
            throw new InvalidValueException(path, "is missing");
        }
        return value;
    }

    /** The text, or an {@link InvalidValueException} when it is absent or blank. */
    public static String text(String path, @Nullable String value) {
        if (value == null) {
            throw new InvalidValueException(path, "is missing");
        }
        if (value.isBlank()) {
            throw new InvalidValueException(path, "is empty; give it a text");
        }
        return value;
    }

    /** A name that may stand in a topic key, a URL path and a file name: letters, digits, dot, dash, underscore. */
    public static String name(String path, @Nullable String value) {
        String text = text(path, value);
        if (!isName(text)) {
            throw new InvalidValueException(
                    path,
                    "'" + text + "' is not a name; use 1 to 128 letters, digits, dots, dashes or underscores,"
                            + " beginning with a letter or digit");
        }
        return text;
    }

    /** An id that somebody gave: a text of at most {@value #LONGEST_ID} characters. */
    public static String id(String path, @Nullable String value) {
        String text = text(path, value);
        if (text.length() > LONGEST_ID) {
            throw new InvalidValueException(path, "is longer than " + LONGEST_ID + " characters; is it the id?");
        }
        return text;
    }

    // every event names its model: no regular expression
    private static boolean isName(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            boolean mark = i > 0 && (c == '.' || c == '_' || c == '-');
            if (!letterOrDigit && !mark) {
                return false;
            }
        }
        return text.length() <= 128;
    }

    /** A number that is neither NaN nor infinite. */
    public static double finite(String path, double value) {
        if (!Double.isFinite(value)) {
            throw new InvalidValueException(path, value + " is not a finite number");
        }
        return value;
    }

    /** A number within the closed range. */
    public static double range(String path, double value, double low, double high) {
        if (!(value >= low && value <= high)) {
            throw new InvalidValueException(path, plain(value) + " is outside " + plain(low) + " to " + plain(high));
        }
        return value;
    }

    /** A number as people write it: without a point where it is whole. */
    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : "" + value;
    }

    /** A whole number not below {@code low}. */
    public static long atLeast(String path, long value, long low) {
        if (value < low) {
            throw new InvalidValueException(path, value + " is below " + low);
        }
        return value;
    }

    /** A condition with the sentence that says what is wrong when it does not hold. */
    public static void that(boolean holds, String path, String problem) {
        if (!holds) {
            throw new InvalidValueException(path, problem);
        }
    }

    /** What to say after a name that is not known: {@code ; did you mean 'salary'?}, or nothing if none is like it. */
    public static String advice(String mistyped, Collection<String> known) {
        return Nearest.to(mistyped, known)
                .map(n -> "; did you mean '" + n + "'?")
                .orElse("; name one of the known ones");
    }

    /** A copy of a list none of whose entries is empty. */
    public static <V> List<V> filled(String path, List<? extends @Nullable V> values) {
        List<V> copy = new ArrayList<>(values.size());
        for (V value : values) {
            copy.add(filled(path + "[" + copy.size() + "]", value));
        }
        return Collections.unmodifiableList(copy);
    }

    /** A copy of a map none of whose values is empty, in the same order. */
    public static <V> Map<String, V> filled(String path, Map<String, ? extends @Nullable V> values) {
        Map<String, V> copy = new LinkedHashMap<>(values.size() * 2);
        values.forEach((name, value) -> copy.put(name, filled(path + "." + name, value)));
        return Collections.unmodifiableMap(copy);
    }

    private static <V> V filled(String path, @Nullable V value) {
        if (value == null) {
            throw new InvalidValueException(path, "is empty; give it a value, or leave it out");
        }
        return value;
    }

    /** A collection with something in it. */
    public static <C extends Collection<?>> C notEmpty(String path, @Nullable C values) {
        C present = present(path, values);
        if (present.isEmpty()) {
            throw new InvalidValueException(path, "is empty; name at least one");
        }
        return present;
    }
}
