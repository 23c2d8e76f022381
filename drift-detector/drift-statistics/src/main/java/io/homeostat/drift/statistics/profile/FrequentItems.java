package io.homeostat.drift.statistics.profile;

import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The most frequent texts of a stream and how many different ones there were, in bounded memory, mergeable.
 *
 * <p>Idea: at most <i>k</i> counters. A new text takes a free counter; if there is none, all counters and the new text
 * lose one row. What was lost is remembered as a sum, and the names that lost their counters in a {@link DistinctCount}.
 *
 * <p>Bound: a count is never too high, and too low by at most {@link #error()} = lost / (k + 1). So a text of more than
 * 1 / (k + 1) of all rows has a counter. Up to k different texts everything is exact, and merges give equal bytes in any
 * order; beyond that the bound holds in any order. Cost: O(1) amortised per row.
 *
 * <p>Example: k = 2 and a, b, c, a: c takes one row from a and b and loses its own; then a has 1 (too low by 1), lost 3.
 *
 * <p>References: Misra, Gries: Finding repeated elements, 1982; Agarwal et al.: Mergeable summaries, 2012.
 */
public final class FrequentItems {
    private static final String WHAT = "frequent items";
    private static final int TAG = 41;
    private static final int VERSION = 1;
    private static final int MOST = 100_000;

    private final int limit;
    private final Map<String, Counter> counters = new HashMap<>();
    private long lost;
    private @Nullable DistinctCount lostNames;

    private static final class Counter {
        private long rows;

        Counter(long rows) {
            this.rows = rows;
        }
    }

    /**
     * No texts yet.
     *
     * @param limit the most counters, 1 to 100,000
     */
    public FrequentItems(int limit) {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit: " + limit + " is not in 1..100000. The default is 256.");
        }
        this.limit = limit;
    }

    /** Counts a row. */
    public void add(String text) {
        Counter counter = counters.get(text);
        if (counter != null) {
            counter.rows++;
        } else if (counters.size() < limit) {
            counters.put(text, new Counter(1));
        } else {
            lose(text);
            lost++;
            lowerBy(1);
        }
    }

    /** Whether another one has the same limit. */
    boolean merges(FrequentItems other) {
        return other.limit == limit;
    }

    /** Adds everything that another one with the same limit saw. */
    public void merge(FrequentItems other) {
        if (!merges(other)) {
            throw new IllegalArgumentException("limit: " + other.limit + " cannot be merged into " + limit + ".");
        }
        List.copyOf(other.counters.entrySet())
                .forEach(entry ->
                        counters.computeIfAbsent(entry.getKey(), name -> new Counter(0)).rows += entry.getValue().rows);
        lost += other.lost;
        if (other.lostNames != null) {
            lostNames().merge(other.lostNames);
        }
        if (counters.size() > limit) {
            lowerBy(counters.values().stream()
                    .map(counter -> -counter.rows)
                    .sorted()
                    .skip(limit)
                    .findFirst()
                    .map(negative -> -negative)
                    .orElse(0L));
        }
    }

    /** The most counters. */
    public int limit() {
        return limit;
    }

    /** Whether no row was counted. */
    public boolean isEmpty() {
        return counters.isEmpty() && lost == 0;
    }

    /** Rows that no counter has. */
    public long lost() {
        return lost;
    }

    /** By how many rows a count may be too low. */
    public long error() {
        return lost / (limit + 1);
    }

    /** The counts, in order of the texts. */
    public SortedMap<String, Long> counts() {
        SortedMap<String, Long> sorted = new TreeMap<>();
        counters.forEach((text, counter) -> sorted.put(text, counter.rows));
        return sorted;
    }

    /** How many different texts there were: exact while nothing was lost, else about. */
    public double distinct() {
        if (lostNames == null) {
            return counters.size();
        }
        DistinctCount all = lostNames.copy();
        counters.keySet().forEach(all::add);
        return all.estimate();
    }

    /** The state as bytes. */
    public byte[] toBytes() {
        StateWriter out = new StateWriter(TAG, VERSION);
        write(out);
        return out.toBytes();
    }

    /** Writes the state inside another one. */
    void writeIn(StateWriter out) {
        out.state(TAG, VERSION, this::write);
    }

    private void write(StateWriter out) {
        out.count(limit).count(lost).count(counters.size());
        counts().forEach((text, rows) -> out.text(text).count(rows));
        out.flag(lostNames != null);
        if (lostNames != null) {
            out.bytes(lostNames.toBytes());
        }
    }

    /** The items that gave these bytes. */
    public static FrequentItems fromBytes(byte[] bytes) {
        return read(new StateReader(WHAT, bytes, TAG, VERSION));
    }

    /** Reads one that stands inside another state. */
    static FrequentItems readFrom(StateReader outer) {
        return read(outer.state(WHAT, TAG, VERSION, VERSION));
    }

    private static FrequentItems read(StateReader in) {
        FrequentItems items = new FrequentItems(in.sizeIn(1, MOST));
        items.lost = in.count();
        int size = in.sizeIn(0, items.limit);
        for (int i = 0; i < size; i++) {
            items.counters.put(in.text(), new Counter(in.count()));
        }
        items.lostNames = in.flag() ? DistinctCount.fromBytes(in.bytes()) : null;
        in.end();
        return items;
    }

    private void lowerBy(long rows) {
        counters.entrySet().removeIf(entry -> {
            long taken = Math.min(rows, entry.getValue().rows);
            entry.getValue().rows -= taken;
            lost += taken;
            if (entry.getValue().rows > 0) {
                return false;
            }
            lose(entry.getKey());
            return true;
        });
    }

    private void lose(String text) {
        lostNames().add(text);
    }

    private DistinctCount lostNames() {
        DistinctCount names = lostNames;
        if (names == null) {
            names = new DistinctCount();
            lostNames = names;
        }
        return names;
    }
}
