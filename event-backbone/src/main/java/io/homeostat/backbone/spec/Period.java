package io.homeostat.backbone.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.homeostat.backbone.serde.InvalidValueException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A length of time as people write it: {@code 500ms}, {@code 10m}, {@code 1h30m}, {@code 7d}, or ISO {@code PT10M}.
 *
 * @param value the length, not negative, at most 36,500 days
 */
public record Period(Duration value) {
    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m|h|d)");
    private static final Duration LONGEST = Duration.ofDays(36_500); // added to any time it is a time

    public Period {
        if (value.isNegative()) {
            throw new InvalidValueException("", value + " is negative");
        }
        if (value.compareTo(LONGEST) > 0) {
            throw new InvalidValueException("", value + " is longer than " + LONGEST.toDays() + "d");
        }
    }

    /** Reads the written form; errors name the forms that are understood. */
    @JsonCreator
    public static Period of(String text) {
        String s = text.strip();
        try {
            if (s.toUpperCase(Locale.ROOT).startsWith("P")) {
                return new Period(Duration.parse(s));
            }
        } catch (DateTimeParseException e) {
            throw wrong(s);
        }
        Matcher part = PART.matcher(s);
        Duration sum = Duration.ZERO;
        int end = 0;
        while (part.lookingAt()) {
            sum = sum.plusNanos(Math.round(Double.parseDouble(part.group(1)) * nanos(part.group(2))));
            end = part.end();
            part.region(end, s.length());
        }
        if (s.isEmpty() || end != s.length()) {
            throw wrong(s);
        }
        return new Period(sum);
    }

    private static double nanos(String unit) {
        return switch (unit) {
            case "ms" -> 1e6;
            case "s" -> 1e9;
            case "m" -> 60e9;
            case "h" -> 3600e9;
            default -> 86400e9;
        };
    }

    private static InvalidValueException wrong(String s) {
        return new InvalidValueException("", "'" + s + "' is not a length of time; write 500ms, 10m, 1h30m or 7d");
    }

    @JsonValue
    @Override
    public String toString() {
        long millis = value.toMillis();
        if (millis == 0) {
            return "0s";
        }
        StringBuilder text = new StringBuilder();
        long rest = millis;
        long[] sizes = {86_400_000, 3_600_000, 60_000, 1000, 1};
        String[] units = {"d", "h", "m", "s", "ms"};
        for (int i = 0; i < sizes.length; i++) {
            if (rest >= sizes[i]) {
                text.append(rest / sizes[i]).append(units[i]);
                rest %= sizes[i];
            }
        }
        return text.toString();
    }
}
