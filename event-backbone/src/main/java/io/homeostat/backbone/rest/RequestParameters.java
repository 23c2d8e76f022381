package io.homeostat.backbone.rest;

import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.backbone.serde.Json;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads parameters of a request, in its query or its path, that are whole numbers, truth values, instants or one of several
 * names. One that is none is answered with 400, its name, its value and what is allowed, as {@code {"error": "…"}}; JAX-RS by
 * itself would answer 404 without a word.
 */
@Provider
public final class RequestParameters implements ParamConverterProvider {
    private static final int BAD_REQUEST = 400;

    @Override
    public <T> @Nullable ParamConverter<T> getConverter(Class<T> type, Type generic, Annotation[] annotations) {
        return name(annotations)
                .flatMap(name -> reading(name, type, within(annotations)))
                .map(reading -> new Converter<T>(reading))
                .orElse(null);
    }

    private static Optional<String> name(Annotation[] annotations) {
        return Arrays.stream(annotations)
                .map(each -> each instanceof QueryParam query
                        ? query.value()
                        : each instanceof PathParam path ? path.value() : "")
                .filter(name -> !name.isEmpty())
                .findFirst();
    }

    private static @Nullable Within within(Annotation[] annotations) {
        return Arrays.stream(annotations)
                .filter(Within.class::isInstance)
                .map(Within.class::cast)
                .findFirst()
                .orElse(null);
    }

    /** From a text to a value. Errors: {@link InvalidValueException}. */
    interface Reading {
        Object of(String text);
    }

    /** How parameters of a type are read, unless it is a type that JAX-RS takes every text for. */
    static Optional<Reading> reading(String name, Class<?> type, @Nullable Within within) {
        if (type == int.class || type == Integer.class) {
            int low = within == null ? Integer.MIN_VALUE : within.low();
            int high = within == null ? Integer.MAX_VALUE : within.high();
            return Optional.of(text -> whole(name, text, low, high));
        } else if (type == boolean.class || type == Boolean.class) {
            return Optional.of(text -> truth(name, text));
        } else if (type == Instant.class) {
            return Optional.of(text -> instant(name, text));
        } else if (type.isEnum()) {
            List<?> constants = Arrays.asList(type.getEnumConstants());
            return Optional.of(text -> oneOf(name, text, constants));
        }
        return Optional.empty();
    }

    private static int whole(String name, String text, int low, int high) {
        try {
            int number = Integer.parseInt(text);
            if (number >= low && number <= high) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new InvalidValueException(name, "'" + text + "' is not a whole number from " + low + " to " + high);
    }

    private static boolean truth(String name, String text) {
        if (text.equals("true") || text.equals("false")) {
            return Boolean.parseBoolean(text);
        }
        throw new InvalidValueException(name, "'" + text + "' is not true or false");
    }

    private static Instant instant(String name, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new InvalidValueException(name, "'" + text + "' is not a time; write one like 2026-01-31T12:00:00Z");
        }
    }

    private static Object oneOf(String name, String text, List<?> constants) {
        List<String> names = constants.stream()
                .map(each -> ((Enum<?>) each).name().toLowerCase(Locale.ROOT))
                .toList();
        int place = names.indexOf(text.toLowerCase(Locale.ROOT));
        if (place < 0) {
            throw new InvalidValueException(name, "'" + text + "' is not one of " + String.join(", ", names));
        }
        return constants.get(place);
    }

    /** A parameter that is left out stays so. */
    private record Converter<T>(Reading reading) implements ParamConverter<T> {
        @Override
        @SuppressWarnings(
                "unchecked") // int and boolean are their boxes here, for which there is no Class<T> to cast by
        public @Nullable T fromString(@Nullable String text) {
            try {
                return text == null ? null : (T) reading.of(text);
            } catch (InvalidValueException e) {
                throw new WebApplicationException(Response.status(BAD_REQUEST)
                        .type(MediaType.APPLICATION_JSON)
                        .entity(Json.text(Map.of("error", String.valueOf(e.getMessage()))))
                        .build());
            }
        }

        @Override
        public String toString(T value) {
            return String.valueOf(value);
        }
    }
}
