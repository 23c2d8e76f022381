package io.homeostat.drift.statistics.profile;

import io.homeostat.drift.statistics.season.Level;
import io.homeostat.drift.statistics.season.SeasonalReference;
import io.homeostat.drift.statistics.season.WeekClock;
import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The seasonal part of a reference: its slots, and what their cells mean. */
public final class Season {
    private static final int TAG = 42;
    private static final int VERSION = 1;

    private final SeasonalReference slots;
    private final Map<String, SeasonCells> cells;

    Season(SeasonalReference slots, Map<String, SeasonCells> cells) {
        this.slots = slots;
        this.cells = Collections.unmodifiableMap(new LinkedHashMap<>(cells));
    }

    /** The slots' counts; not to be changed. */
    public SeasonalReference slots() {
        return slots;
    }

    /** What the reference is expected to show between two instants, in the rows that this is worth. */
    Profile expected(Profile reference, Instant from, Instant to) {
        Map<String, FeatureProfile> all = new LinkedHashMap<>();
        reference.features().forEach((name, feature) -> {
            SeasonCells of = cells.get(name);
            all.put(
                    name,
                    of == null ? feature : of.expected(feature, slots.expected(name, from, to), slots.wander(name)));
        });
        return Profile.of(all, from, to);
    }

    /** The rows of the hours between two instants, as finely as hours are told apart. */
    RowSample ofHours(RowSample rows, Instant from, Instant to) {
        if (slots.level() == Level.GLOBAL) {
            return rows;
        }
        int cycle = slots.level() == Level.HOUR_OF_DAY ? WeekClock.DAY : WeekClock.WEEK;
        double[] hours = slots.clock().hours(from, to);
        boolean[] covered = new boolean[cycle];
        for (int slot = 0; slot < hours.length; slot++) {
            covered[slot % cycle] |= hours[slot] > 0;
        }
        return rows.where(millis -> covered[slots.clock().slotOf(millis) % cycle]);
    }

    /** The state as bytes. */
    public byte[] toBytes() {
        StateWriter out = new StateWriter(TAG, VERSION).bytes(slots.toBytes()).count(cells.size());
        cells.forEach((name, of) -> {
            out.text(name);
            of.write(out);
        });
        return out.toBytes();
    }

    /** The season that gave these bytes. */
    public static Season fromBytes(byte[] bytes) {
        StateReader in = new StateReader("season of a reference", bytes, TAG, VERSION);
        SeasonalReference slots = SeasonalReference.fromBytes(in.bytes());
        Map<String, SeasonCells> cells = new LinkedHashMap<>();
        int size = in.size();
        for (int i = 0; i < size; i++) {
            cells.put(in.text(), SeasonCells.read(in));
        }
        in.end();
        return new Season(slots, cells);
    }
}
