package io.homeostat.metastore.api;

import io.homeostat.backbone.serde.Check;
import io.homeostat.backbone.serde.InvalidValueException;
import org.jspecify.annotations.Nullable;

/** Whole numbers in a query. */
final class Whole {
    private Whole() {}

    static int of(String name, @Nullable String text, int otherwise, int low, int high) {
        if (text == null) {
            return otherwise;
        }
        try {
            int value = Integer.parseInt(text);
            Check.range(name, value, low, high);
            return value;
        } catch (NumberFormatException e) {
            throw new InvalidValueException(name, "'" + text + "' is not a whole number of " + low + " to " + high);
        }
    }
}
