package io.homeostat.drift.statistics.monitor;

import io.homeostat.drift.statistics.performance.PerformanceWindow;
import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a model's slices are: the categories that have a series of their own, and the open window of each series. Bounded by
 * the policy's values.
 */
final class SliceState {
    private static final int TAG = 33;
    private static final int VERSION = 1;

    final TreeMap<String, TreeSet<String>> categories = new TreeMap<>();
    final TreeMap<Slice, PerformanceWindow> windows = new TreeMap<>();

    /** Made of policy and reference where it is needed; no state. */
    final Map<SlicePolicy.Column, NumberRanges> ranges = new HashMap<>();

    /** Another champion: its reference says which values there are. */
    void clear() {
        categories.clear();
        windows.clear();
        ranges.clear();
    }

    byte[] toBytes() {
        StateWriter out = new StateWriter(TAG, VERSION).count(categories.size());
        categories.forEach((column, names) -> {
            out.text(column).count(names.size());
            names.forEach(out::text);
        });
        out.count(windows.size());
        windows.forEach(
                (slice, window) -> out.text(slice.column()).text(slice.value()).bytes(window.toBytes()));
        return out.toBytes();
    }

    static SliceState fromBytes(byte[] bytes) {
        StateReader in = new StateReader("slices", bytes, TAG, VERSION);
        SliceState state = new SliceState();
        int columns = in.size();
        for (int i = 0; i < columns; i++) {
            TreeSet<String> names = new TreeSet<>();
            state.categories.put(in.text(), names);
            int size = in.size();
            for (int j = 0; j < size; j++) {
                names.add(in.text());
            }
        }
        int open = in.size();
        for (int i = 0; i < open; i++) {
            Slice slice = new Slice(in.text(), in.text());
            state.windows.put(slice, PerformanceWindow.fromBytes(in.bytes()));
        }
        in.end();
        return state;
    }
}
