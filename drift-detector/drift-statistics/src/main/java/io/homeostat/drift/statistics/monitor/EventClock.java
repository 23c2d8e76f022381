package io.homeostat.drift.statistics.monitor;

import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.time.Instant;

/** Which outcome came when: every 16th event time of the last 8192 outcomes, so that an index can be told as a time. */
final class EventClock {
    private static final int STRIDE = 16;
    private static final int MARKS = 512;
    private final long[] marks = new long[MARKS];
    private long seen;

    void tick(Instant eventTime) {
        if (seen % STRIDE == 0) {
            marks[(int) (seen / STRIDE % MARKS)] = eventTime.toEpochMilli();
        }
        seen++;
    }

    long seen() {
        return seen;
    }

    /** The time of the mark at or before an outcome (counted from 1), or of the oldest mark kept. */
    Instant timeOf(long index) {
        long mark = Math.max(oldest(), Math.min(newest(), (index - 1) / STRIDE));
        return Instant.ofEpochMilli(marks[(int) (mark % MARKS)]);
    }

    /** About how many outcomes have come since a time. */
    long seenSince(Instant time) {
        long millis = time.toEpochMilli();
        for (long mark = newest(); mark >= oldest() && seen > 0; mark--) {
            if (marks[(int) (mark % MARKS)] < millis) {
                return Math.max(0, seen - (mark + 1) * STRIDE);
            }
        }
        return seen - oldest() * STRIDE;
    }

    private long newest() {
        return Math.max(0, (seen - 1) / STRIDE);
    }

    private long oldest() {
        return Math.max(0, newest() - MARKS + 1);
    }

    void write(StateWriter out) {
        out.count(seen);
        for (long mark = oldest(); mark <= newest(); mark++) {
            out.fixed(marks[(int) (mark % MARKS)]);
        }
    }

    static EventClock read(StateReader in) {
        EventClock clock = new EventClock();
        clock.seen = in.count();
        for (long mark = clock.oldest(); mark <= clock.newest(); mark++) {
            clock.marks[(int) (mark % MARKS)] = in.fixed();
        }
        return clock;
    }
}
