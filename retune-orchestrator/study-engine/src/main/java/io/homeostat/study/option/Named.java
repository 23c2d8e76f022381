package io.homeostat.study.option;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A name with options, written as {@code tpe} or {@code {tpe: {startupTrials: 20}}}.
 *
 * @param name in lower case
 * @param options option → value: numbers, texts, booleans, lists and maps of these
 */
public record Named(String name, Map<String, Object> options) {

    public Named {
        name = name.toLowerCase(Locale.ROOT);
        options = Collections.unmodifiableMap(new TreeMap<>(options));
    }

    /**
     * Reads the written form.
     *
     * @param path what it stands for, such as {@code sampler}
     * @throws OptionException if it is neither a name nor a map of one name to its options
     */
    public static Named parse(String path, @Nullable Object raw) {
        if (raw instanceof String name) {
            return new Named(name, Map.of());
        }
        if (raw instanceof Map<?, ?> map && map.size() == 1) {
            Map.Entry<?, ?> entry = map.entrySet().iterator().next();
            String name = String.valueOf(entry.getKey());
            if (entry.getValue() == null) {
                return new Named(name, Map.of());
            }
            if (entry.getValue() instanceof Map<?, ?> body) {
                Map<String, Object> options = new TreeMap<>();
                body.forEach((key, value) -> options.put(String.valueOf(key), value));
                return new Named(name, options);
            }
        }
        throw new OptionException(
                path, raw + " is not a name, nor one name with options. Write NAME or {NAME: {OPTION: VALUE}}.");
    }

    /** The written form: the name alone if there are no options. */
    public Object toPlain() {
        return options.isEmpty() ? name : Map.of(name, options);
    }
}
