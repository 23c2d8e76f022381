package io.homeostat.drift.statistics.season;

import java.time.Duration;

/** How finely a season is told apart, by the time the reference spans. */
public enum Level {
    /** Below a day: no season. */
    GLOBAL,
    /** A day or more: hours of day. */
    HOUR_OF_DAY,
    /** A week or more: hours of week. */
    HOUR_OF_WEEK;

    /** The finest level that a span allows. */
    public static Level of(Duration span) {
        if (span.compareTo(Duration.ofDays(7)) >= 0) {
            return HOUR_OF_WEEK;
        }
        return span.compareTo(Duration.ofDays(1)) >= 0 ? HOUR_OF_DAY : GLOBAL;
    }
}
