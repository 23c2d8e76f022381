package io.homeostat.rollout.plan;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.Set;

/**
 * A time in which the candidate gets no more traffic than it has: no step begins, nothing is promoted. Rolling back and
 * holding go on as ever.
 */
public sealed interface FreezeWindow {
    /** Whether a time lies in it. */
    boolean contains(Instant time);

    /** The window in words. */
    String words();

    /**
     * From one moment to another.
     *
     * @param from first frozen moment
     * @param to first moment after it
     */
    record Once(Instant from, Instant to) implements FreezeWindow {
        public Once {
            Check.that(
                    from.isBefore(to),
                    "freeze",
                    "from " + from + " is not before to " + to + ". Maybe they are swapped.");
        }

        @Override
        public boolean contains(Instant time) {
            return !time.isBefore(from) && time.isBefore(to);
        }

        @Override
        public String words() {
            return "until " + to;
        }
    }

    /**
     * Every week on some days, from one time of day to another; if {@code to} is not after {@code from}, to that time of
     * the next day.
     *
     * @param days on which it begins, at least one
     * @param from first frozen time of day
     * @param to first time of day after it
     * @param zone whose clock counts
     */
    record Weekly(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) implements FreezeWindow {
        public Weekly {
            Check.that(!days.isEmpty(), "freeze", "days are empty. Give at least one, such as fri.");
            days = Set.copyOf(days);
        }

        @Override
        public boolean contains(Instant time) {
            ZonedDateTime local = time.atZone(zone);
            LocalTime clock = local.toLocalTime();
            DayOfWeek day = local.getDayOfWeek();
            if (from.isBefore(to)) {
                return days.contains(day) && !clock.isBefore(from) && clock.isBefore(to);
            }
            return (days.contains(day) && !clock.isBefore(from)) || (days.contains(day.minus(1)) && clock.isBefore(to));
        }

        @Override
        public String words() {
            return "on " + EnumSet.copyOf(days) + " from " + from + " to " + to + " " + zone;
        }
    }
}
