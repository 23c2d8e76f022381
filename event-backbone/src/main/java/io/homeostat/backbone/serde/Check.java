package io.homeostat.backbone.serde;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Checks of record constructors; each failure names the path, the value and what is allowed. */
public final class Check {
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
            throw new InvalidValueException(path, value + " is outside " + low + " to " + high);
        }
        return value;
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

    /** A collection with something in it. */
    public static <C extends Collection<?>> C notEmpty(String path, @Nullable C values) {
        C present = present(path, values);
        if (present.isEmpty()) {
            throw new InvalidValueException(path, "is empty; name at least one");
        }
        return present;
    }
}
