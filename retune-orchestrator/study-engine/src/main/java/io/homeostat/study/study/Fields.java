package io.homeostat.study.study;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A map that was written, read field by field; errors name the path. */
final class Fields {
    private final String path;
    private final Map<String, Object> values;

    private Fields(String path, Map<String, Object> values) {
        this.path = path;
        this.values = values;
    }

    static Fields of(String path, @Nullable Object raw) {
        if (!(raw instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException(path + ": " + (raw == null ? "is missing." : "is not a map."));
        }
        Map<String, Object> values = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            if (value != null) {
                values.put(String.valueOf(key), value);
            }
        });
        return new Fields(path, values);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    Object raw(String name) {
        Object value = values.get(name);
        if (value == null) {
            throw wrong(name, "is missing.");
        }
        return value;
    }

    String text(String name) {
        return String.valueOf(raw(name));
    }

    double number(String name) {
        return number(name, raw(name));
    }

    private double number(String name, @Nullable Object raw) {
        if (raw instanceof Number number) {
            return number.doubleValue();
        }
        throw wrong(name, raw + " is not a number.");
    }

    long whole(String name) {
        if (raw(name) instanceof Number number && number.doubleValue() == Math.rint(number.doubleValue())) {
            return number.longValue();
        }
        throw wrong(name, raw(name) + " is not a whole number.");
    }

    int integer(String name) {
        long number = whole(name);
        if (number != (int) number) {
            throw wrong(name, number + " is too large.");
        }
        return (int) number;
    }

    Instant instant(String name) {
        try {
            return Instant.parse(text(name));
        } catch (DateTimeParseException e) {
            throw wrong(name, text(name) + " is not a time such as 2026-01-01T00:00:00Z.");
        }
    }

    Optional<Duration> duration(String name) {
        try {
            return has(name) ? Optional.of(Duration.parse(text(name))) : Optional.empty();
        } catch (DateTimeParseException e) {
            throw wrong(name, text(name) + " is not a duration such as PT20M.");
        }
    }

    <E extends Enum<E>> E word(String name, Class<E> type) {
        try {
            return Enum.valueOf(type, text(name).toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw wrong(name, text(name) + " is not one of " + List.of(type.getEnumConstants()) + ".");
        }
    }

    Fields fields(String name) {
        return of(path + "." + name, raw(name));
    }

    Map<String, Object> map(String name) {
        return fields(name).values;
    }

    /** Text → text; empty if it is not there. */
    Map<String, String> textMap(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (has(name)) {
            map(name).forEach((key, value) -> texts.put(key, String.valueOf(value)));
        }
        return texts;
    }

    /** Maps; none if it is not there. */
    List<Fields> list(String name) {
        List<Fields> list = new ArrayList<>();
        for (Object each : elements(name)) {
            list.add(of(path + "." + name + "[" + list.size() + "]", each));
        }
        return list;
    }

    /** Numbers; none if it is not there. */
    List<Double> numbers(String name) {
        List<Double> list = new ArrayList<>();
        for (Object each : elements(name)) {
            list.add(number(name + "[" + list.size() + "]", each));
        }
        return list;
    }

    /** Texts; none if it is not there. */
    List<String> texts(String name) {
        return elements(name).stream().map(String::valueOf).toList();
    }

    private List<?> elements(String name) {
        if (!has(name)) {
            return List.of();
        }
        if (raw(name) instanceof List<?> list) {
            return list;
        }
        throw wrong(name, "is not a list.");
    }

    /** Whatever goes wrong is told with this path before its own. */
    <T> T inside(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(path + "." + e.getMessage(), e);
        }
    }

    IllegalArgumentException wrong(String name, String problem) {
        return new IllegalArgumentException(path + "." + name + ": " + problem);
    }
}
