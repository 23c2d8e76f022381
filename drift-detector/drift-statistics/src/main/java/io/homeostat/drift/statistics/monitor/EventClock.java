package io.homeostat.drift.statistics.monitor;

import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.time.Instant;

/**
 * When the predictions were made whose outcomes came: the time of every 16th of the last 8192 outcomes, so that an index can be
 * told as a time. Outcomes come as their labels do and as their partitions are read, so an old one may follow a new one.
 */
final class EventClock {
    private static final int STRIDE = 16;
    private static final int MARKS = 512;
    // as far back as a partition that is ahead shows among nine outcomes of others to each of its own; a clock that was
    // set back is forgotten as soon
    private static final int LATEST_OF = 48;
    private final long[] marks = new long[MARKS];
    private long seen;

    /** Counts an outcome. No prediction is made after its label is known, whatever its sender's clock says. */
    void tick(Instant eventTime, Instant knownAt) {
        if (seen % STRIDE == 0) {
            marks[(int) (seen / STRIDE % MARKS)] = Math.min(eventTime.toEpochMilli(), knownAt.toEpochMilli());
        }
        seen++;
    }

    long seen() {
        return seen;
    }

    /**
     * How far time had come at an outcome (counted from 1): the latest time among the 768 outcomes up to it, of every 16th.
     * A change that shows from this outcome on began then, also where this very outcome was late.
     */
    Instant timeAt(long index) {
        long until = Math.max(oldest(), Math.min(newest(), (index - 1) / STRIDE));
        long latest = Long.MIN_VALUE;
        for (long mark = Math.max(oldest(), until - LATEST_OF + 1); mark <= until; mark++) {
            latest = Math.max(latest, at(mark));
        }
        return Instant.ofEpochMilli(latest);
    }

    /** About how many outcomes of predictions made since a time have come. */
    long seenSince(Instant time) {
        long millis = time.toEpochMilli();
        long since = 0;
        for (long mark = oldest(); mark <= newest() && seen > 0; mark++) {
            if (at(mark) >= millis) {
                since += Math.min(STRIDE, seen - mark * STRIDE);
            }
        }
        return since;
    }

    private long at(long mark) {
        return marks[(int) (mark % MARKS)];
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
            out.fixed(at(mark));
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
