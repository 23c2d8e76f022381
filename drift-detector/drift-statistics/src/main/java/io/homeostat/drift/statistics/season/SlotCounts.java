package io.homeostat.drift.statistics.season;

import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;

/**
 * A feature's rows per slot of the week and cell. Hours of day and the whole are sums of slots, so nothing else is kept:
 * 168 × cells × 4 bytes, 22 kB with 33 cells. Merges by adding, exactly, in any order.
 */
public final class SlotCounts {
    private static final int MOST_CELLS = 2_000;

    private final int cells;
    private final int[] counts;
    private final long[] slotRows = new long[WeekClock.WEEK];

    /** No rows yet; the last cell is that of missing values. */
    public SlotCounts(int cells) {
        if (cells < 1 || cells > MOST_CELLS) {
            throw new IllegalArgumentException("cells: " + cells + " is not in 1..2000.");
        }
        this.cells = cells;
        this.counts = new int[WeekClock.WEEK * cells];
    }

    /** Counts rows; a negative number takes them back. */
    public void add(int slot, int cell, int rows) {
        counts[slot * cells + cell] = Math.addExact(counts[slot * cells + cell], rows);
        slotRows[slot] += rows;
    }

    /** How many cells there are. */
    public int cells() {
        return cells;
    }

    /** Rows of a slot. */
    public long rows(int slot) {
        return slotRows[slot];
    }

    /** Rows of a slot in a cell. */
    public int rows(int slot, int cell) {
        return counts[slot * cells + cell];
    }

    /** Rows of all slots per cell. */
    public long[] totals() {
        long[] totals = new long[cells];
        for (int i = 0; i < counts.length; i++) {
            totals[i % cells] += counts[i];
        }
        return totals;
    }

    /** Adds all rows of another one with the same cells. */
    public void merge(SlotCounts other) {
        if (other.cells != cells) {
            throw new IllegalArgumentException("cells: " + other.cells + " cannot be merged into " + cells + ".");
        }
        for (int i = 0; i < counts.length; i++) {
            counts[i] = Math.addExact(counts[i], other.counts[i]);
        }
        for (int slot = 0; slot < WeekClock.WEEK; slot++) {
            slotRows[slot] += other.slotRows[slot];
        }
    }

    void write(StateWriter out) {
        out.count(cells);
        for (int count : counts) {
            out.count(count);
        }
    }

    static SlotCounts read(StateReader in) {
        SlotCounts read = new SlotCounts(in.sizeIn(1, MOST_CELLS));
        for (int i = 0; i < read.counts.length; i++) {
            read.add(i / read.cells, i % read.cells, in.sizeIn(0, Integer.MAX_VALUE));
        }
        return read;
    }
}
