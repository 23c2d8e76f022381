package io.homeostat.study.space;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One point of a space: parameter name → value. Values are Double, Long, String or Boolean; other number types are
 * brought into this form, so a configuration read back from JSON equals the one written.
 *
 * <p>{@link Space#validate} makes one that is known to lie in the space.
 *
 * @param values parameter name → value, in the space's order
 */
public record Configuration(Map<String, Object> values) {

    public Configuration {
        Map<String, Object> copy = new LinkedHashMap<>();
        values.forEach((name, value) -> copy.put(name, Scalar.of(value, "configuration." + name)));
        values = Collections.unmodifiableMap(copy);
    }

    /** The value of a parameter, if the configuration has it. */
    public Optional<Object> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
