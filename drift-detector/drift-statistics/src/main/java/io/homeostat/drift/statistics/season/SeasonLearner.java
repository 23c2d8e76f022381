package io.homeostat.drift.statistics.season;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Learns a season from rows: counts them into the slots, then replays the reference's own windows, each against all
 * other rows, to learn how much windows differ ({@link Wander}). Of more than 500 windows every k-th is replayed.
 */
public final class SeasonLearner {
    private static final int MOST_WINDOWS = 500;

    private final long[] times;
    private final int[] slots;
    private final SeasonalReference season;
    private final List<int[]> windows;

    /**
     * A learner of rows between two instants.
     *
     * @param clock what hour it is
     * @param window the length of the windows that will be compared, above 0
     * @param times of the rows in milliseconds, in any order
     */
    public SeasonLearner(WeekClock clock, Instant from, Instant to, Duration window, long[] times) {
        if (window.toMillis() < 1) {
            throw new IllegalArgumentException("window: " + window + " is below 1 ms.");
        }
        this.times = times.clone();
        this.slots = Arrays.stream(times).mapToInt(clock::slotOf).toArray();
        this.season = SeasonalReference.over(clock, from, to);
        this.windows = windows(window.toMillis());
    }

    /**
     * Learns a feature.
     *
     * @param cells the cell of each row, in the order of the times
     * @param kinds what the cells are
     */
    public SeasonLearner learn(String feature, int[] cells, CellKinds kinds) {
        if (cells.length != times.length) {
            throw new IllegalArgumentException(
                    "cells: " + cells.length + " of " + feature + " for " + times.length + " rows.");
        }
        SlotCounts counts = new SlotCounts(kinds.groups().length);
        for (int row = 0; row < cells.length; row++) {
            counts.add(slots[row], cells[row], 1);
        }
        Credibility credibility = Credibility.of(counts, kinds.ordered(), season.level());
        Replays replays = new Replays();
        for (int[] window : windows) {
            replay(window, cells, counts, credibility, replays, kinds);
        }
        season.put(feature, counts, kinds.ordered(), replays);
        return this;
    }

    /** The season of all features learned. */
    public SeasonalReference season() {
        return season;
    }

    private void replay(
            int[] rows, int[] cells, SlotCounts counts, Credibility credibility, Replays replays, CellKinds kinds) {
        double[] weights = new double[WeekClock.WEEK];
        int[] window = new int[counts.cells()];
        for (int row : rows) {
            weights[slots[row]] += 1.0 / rows.length;
            window[cells[row]]++;
            counts.add(slots[row], cells[row], -1);
        }
        replays.note(Mixture.of(counts, credibility, weights), window, kinds);
        for (int row : rows) {
            counts.add(slots[row], cells[row], 1);
        }
    }

    private List<int[]> windows(long length) {
        Map<Long, List<Integer>> byWindow = new TreeMap<>();
        for (int row = 0; row < times.length; row++) {
            byWindow.computeIfAbsent(Math.floorDiv(times[row], length), w -> new ArrayList<>())
                    .add(row);
        }
        int step = (byWindow.size() + MOST_WINDOWS - 1) / MOST_WINDOWS;
        List<int[]> chosen = new ArrayList<>();
        int next = 0;
        for (List<Integer> rows : byWindow.values()) {
            if (byWindow.size() > 1 && next++ % step == 0) {
                chosen.add(rows.stream().mapToInt(Integer::intValue).toArray());
            }
        }
        return chosen;
    }
}
