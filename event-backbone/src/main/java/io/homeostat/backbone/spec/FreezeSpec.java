package io.homeostat.backbone.spec;

import io.homeostat.backbone.serde.Check;
import io.homeostat.backbone.serde.InvalidValueException;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A time in which the candidate gets no more traffic: from one moment to another, or every week on some days.
 *
 * @param from a moment like 2026-12-24T00:00:00Z, or a time of day like 16:00
 * @param to the end, alike; a time of day not after {@code from} is on the next day
 * @param days for times of day, on which days it begins: mon, tue, wed, thu, fri, sat, sun
 * @param zone for times of day, whose clock counts; default UTC
 */
public record FreezeSpec(
        String from,
        String to,
        @Nullable List<String> days,
        @Nullable String zone) {
    private static final Map<String, DayOfWeek> DAYS = Map.of(
            "mon", DayOfWeek.MONDAY,
            "tue", DayOfWeek.TUESDAY,
            "wed", DayOfWeek.WEDNESDAY,
            "thu", DayOfWeek.THURSDAY,
            "fri", DayOfWeek.FRIDAY,
            "sat", DayOfWeek.SATURDAY,
            "sun", DayOfWeek.SUNDAY);

    public FreezeSpec {
        Check.present("from", from);
        Check.present("to", to);
        if (days == null) {
            Check.that(zone == null, "zone", "a moment needs no zone; give days for times of day");
            Instant begin = moment("from", from);
            Instant end = moment("to", to);
            Check.that(begin.isBefore(end), "from", from + " is not before to " + to + "; maybe they are swapped");
        } else {
            days = List.copyOf(Check.notEmpty("days", days));
            days.forEach(day -> Check.that(
                    DAYS.containsKey(day), "days", "'" + day + "' is no day; write mon, tue, wed, thu, fri, sat, sun"));
            clock("from", from);
            clock("to", to);
            zone(zone);
        }
    }

    /** The days, empty for moments. */
    public Set<DayOfWeek> weekdays() {
        return days == null ? Set.of() : days.stream().map(DAYS::get).collect(Collectors.toSet());
    }

    /** Whose clock counts. */
    public ZoneId zoneId() {
        return zone(zone);
    }

    /** A moment of {@code from} or {@code to}. */
    static Instant moment(String path, String text) {
        return parsed(
                path,
                text,
                "a moment; write 2026-12-24T00:00:00Z, or give days and a time of day",
                () -> Instant.parse(text));
    }

    /** A time of day of {@code from} or {@code to}; 24:00 is midnight at its end. */
    static LocalTime clock(String path, String text) {
        return parsed(
                path,
                text,
                "a time of day; write 16:00",
                () -> text.equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(text));
    }

    private static ZoneId zone(@Nullable String text) {
        return parsed(
                "zone",
                String.valueOf(text),
                "a time zone; write Europe/Berlin or UTC",
                () -> ZoneId.of(text == null ? "UTC" : text));
    }

    private static <T> T parsed(String path, String text, String what, Supplier<T> parser) {
        try {
            return parser.get();
        } catch (DateTimeException e) {
            throw new InvalidValueException(path, "'" + text + "' is not " + what);
        }
    }

    /** The first frozen moment, for moments. */
    public Instant begins() {
        return moment("from", from);
    }

    /** The first moment after it, for moments. */
    public Instant ends() {
        return moment("to", to);
    }

    /** The first frozen time of day. */
    public LocalTime dailyFrom() {
        return clock("from", from);
    }

    /** The first time of day after it. */
    public LocalTime dailyTo() {
        return clock("to", to);
    }
}
