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
 * other rows, to learn how much windows differ ({@link Wander}), and its blocks, to learn how levels go up and down ({@link
 * RankLevel}). Of more than 500 windows every k-th is replayed, of more than 800 blocks the latest are.
 */
public final class SeasonLearner {
    private static final int MOST_WINDOWS = 500;
    private static final int MOST_BLOCKS = 800;
    private static final long DAY_MILLIS = 86_400_000;

    private final long[] times;
    private final int[] slots;
    private final SeasonalReference season;
    private final List<int[]> windows;
    private final List<int[]> blocks;
    private final long blockMillis;
    private final int days;

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
        this.windows = thinned(byWindow(window.toMillis()));
        this.days = byWindow(Math.max(window.toMillis(), DAY_MILLIS)).size();
        this.blockMillis =
                RankLevel.blockLength(window, Duration.between(from, to)).toMillis();
        List<int[]> all = byWindow(blockMillis);
        this.blocks = all.subList(Math.max(0, all.size() - MOST_BLOCKS), all.size());
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
        Replays replays = new Replays(days);
        for (int[] window : windows) {
            replays.note(without(window, cells, counts, credibility), counted(window, cells, counts.cells()), kinds);
        }
        RankLevel level = kinds.ordered() ? level(cells, counts, credibility, kinds) : RankLevel.NONE;
        season.put(feature, counts, kinds.ordered(), replays, level);
        return this;
    }

    /** The season of all features learned. */
    public SeasonalReference season() {
        return season;
    }

    private RankLevel level(int[] cells, SlotCounts counts, Credibility credibility, CellKinds kinds) {
        double[] reference =
                kinds.coarse(Arrays.stream(counts.totals()).asDoubleStream().toArray());
        reference[reference.length - 1] = 0;
        List<RankLevel.Block> deviations = new ArrayList<>();
        for (int[] block : blocks) {
            double[] expected =
                    kinds.coarse(without(block, cells, counts, credibility).shares());
            double[] found = kinds.coarse(Arrays.stream(counted(block, cells, counts.cells()))
                    .asDoubleStream()
                    .toArray());
            expected[expected.length - 1] = 0;
            found[found.length - 1] = 0;
            double off = RankLevel.level(found, reference) - RankLevel.level(expected, reference);
            long middle = Math.floorDiv(times[block[0]], blockMillis) * blockMillis + blockMillis / 2;
            deviations.add(new RankLevel.Block(middle, off, Arrays.stream(found).sum()));
        }
        return RankLevel.of(deviations, blockMillis);
    }

    /* What all other rows let expect of some rows' slots. */
    private Mixture without(int[] rows, int[] cells, SlotCounts counts, Credibility credibility) {
        double[] weights = new double[WeekClock.WEEK];
        for (int row : rows) {
            weights[slots[row]] += 1.0 / rows.length;
            counts.add(slots[row], cells[row], -1);
        }
        Mixture mixture = Mixture.of(counts, credibility, weights);
        for (int row : rows) {
            counts.add(slots[row], cells[row], 1);
        }
        return mixture;
    }

    private static int[] counted(int[] rows, int[] cells, int size) {
        int[] counts = new int[size];
        for (int row : rows) {
            counts[cells[row]]++;
        }
        return counts;
    }

    private List<int[]> byWindow(long length) {
        Map<Long, List<Integer>> byWindow = new TreeMap<>();
        for (int row = 0; row < times.length; row++) {
            byWindow.computeIfAbsent(Math.floorDiv(times[row], length), w -> new ArrayList<>())
                    .add(row);
        }
        return byWindow.values().stream()
                .map(rows -> rows.stream().mapToInt(Integer::intValue).toArray())
                .toList();
    }

    private static List<int[]> thinned(List<int[]> windows) {
        int step = (windows.size() + MOST_WINDOWS - 1) / MOST_WINDOWS;
        List<int[]> chosen = new ArrayList<>();
        for (int i = 0; windows.size() > 1 && i < windows.size(); i += step) {
            chosen.add(windows.get(i));
        }
        return chosen;
    }
}
