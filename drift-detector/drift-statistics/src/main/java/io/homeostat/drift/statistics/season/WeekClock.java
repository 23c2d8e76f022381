package io.homeostat.drift.statistics.season;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;

/**
 * Which of a week's 168 hours an instant falls into, at a fixed offset from UTC. Slot 0 is Thursday 0:00 to 1:00 there, as
 * the epoch was a Thursday; slot % 24 is the hour of day.
 *
 * @param offset the offset; a zone with daylight saving is an hour off for half of the year
 */
public record WeekClock(ZoneOffset offset) {
    /** Hours of a day. */
    public static final int DAY = 24;

    /** Hours of a week. */
    public static final int WEEK = 168;

    private static final long HOUR_MILLIS = 3_600_000;

    /** The slot of a time in milliseconds since the epoch. */
    public int slotOf(long millis) {
        return (int) Math.floorMod(hourOf(millis), (long) WEEK);
    }

    /**
     * How many hours of each slot lie between two instants. An end at or before the start means the start's slot alone.
     */
    public double[] hours(Instant from, Instant to) {
        double[] hours = new double[WEEK];
        long start = from.toEpochMilli();
        long end = to.toEpochMilli();
        if (end <= start) {
            hours[slotOf(start)] = 1;
            return hours;
        }
        long weeks = (end - start) / (WEEK * HOUR_MILLIS);
        Arrays.fill(hours, weeks);
        long at = start + weeks * WEEK * HOUR_MILLIS;
        while (at < end) {
            long next = Math.min(end, (hourOf(at) + 1) * HOUR_MILLIS - offsetMillis());
            hours[slotOf(at)] += (double) (next - at) / HOUR_MILLIS;
            at = next;
        }
        return hours;
    }

    private long hourOf(long millis) {
        return Math.floorDiv(millis + offsetMillis(), HOUR_MILLIS);
    }

    private long offsetMillis() {
        return offset.getTotalSeconds() * 1000L;
    }
}
