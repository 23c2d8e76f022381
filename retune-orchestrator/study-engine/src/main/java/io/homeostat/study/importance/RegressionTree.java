package io.homeostat.study.importance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A regression tree on the unit cube, grown until its leaves are pure, as the list of its leaves. */
final class RegressionTree {
    /** Share of the parameters that each split may use. */
    private static final double FEATURES = 5.0 / 6;

    private final List<Scale> scales;
    private final double[][] x;
    private final double[] y;
    private final RandomGenerator random;
    private final List<Leaf> leaves = new ArrayList<>();

    /**
     * A box with a value: of an ordered parameter an interval, of a categorical one some cells.
     *
     * @param low of ordered parameters; of others 0
     * @param high of ordered parameters; of others how much of the unit interval the cells are
     * @param cells of categorical parameters; null for others
     * @param value the mean of what is in it
     */
    record Leaf(double[] low, double[] high, @Nullable BitSet[] cells, double value) {
        double width(int parameter) {
            return high[parameter] - low[parameter];
        }

        double volume() {
            return IntStream.range(0, low.length).mapToDouble(this::width).reduce(1, (a, b) -> a * b);
        }
    }

    /* Where rows go: of an ordered parameter up to a place to the left, of a categorical one those in some cells. */
    private record Split(
            int parameter, double place, @Nullable BitSet left, double error) {
        static final Split NONE = new Split(-1, 0, null, Double.POSITIVE_INFINITY);
    }

    private RegressionTree(List<Scale> scales, double[][] x, double[] y, RandomGenerator random) {
        this.scales = scales;
        this.x = x;
        this.y = y;
        this.random = random;
    }

    /** The leaves of a tree on a bootstrap sample. */
    static List<Leaf> grow(List<Scale> scales, double[][] x, double[] y, RandomGenerator random) {
        RegressionTree tree = new RegressionTree(scales, x, y, random);
        Integer[] rows = new Integer[y.length];
        Arrays.setAll(rows, i -> random.nextInt(y.length));
        double[] high = new double[scales.size()];
        Arrays.fill(high, 1);
        @Nullable BitSet[] cells = new BitSet[scales.size()];
        for (int j = 0; j < cells.length; j++) {
            if (scales.get(j).categorical()) {
                BitSet all = new BitSet();
                all.set(0, scales.get(j).cells());
                cells[j] = all;
            }
        }
        tree.grow(rows, new Leaf(new double[scales.size()], high, cells, 0));
        return tree.leaves;
    }

    // depth is bounded by the number of different rows, of which there are at most a few thousand
    private void grow(Integer[] rows, Leaf box) {
        Split best = Split.NONE;
        double mean = Arrays.stream(rows).mapToDouble(i -> y[i]).average().orElseThrow();
        boolean pure = Arrays.stream(rows).allMatch(i -> y[i] == y[rows[0]]);
        boolean any = false;
        for (int j = 0; j < scales.size() && !pure; j++) {
            if (random.nextDouble() < FEATURES || (j == scales.size() - 1 && !any)) {
                any = true;
                BitSet cells = box.cells[j];
                Split split = cells == null ? split(rows, j) : split(rows, j, cells);
                best = split.error < best.error ? split : best;
            }
        }
        int j = best.parameter;
        if (j < 0) {
            leaves.add(new Leaf(box.low, box.high, box.cells, mean));
            return;
        }
        BitSet some = best.left;
        if (some == null) {
            double place = best.place;
            grow(where(rows, i -> x[i][j] <= place), new Leaf(box.low, with(box.high, j, place), box.cells, 0));
            grow(where(rows, i -> x[i][j] > place), new Leaf(with(box.low, j, place), box.high, box.cells, 0));
        } else {
            BitSet others = (BitSet) Objects.requireNonNull(box.cells[j]).clone();
            others.andNot(some);
            Scale scale = scales.get(j);
            grow(where(rows, i -> some.get(scale.cell(x[i][j]))), among(box, j, some));
            grow(where(rows, i -> others.get(scale.cell(x[i][j]))), among(box, j, others));
        }
    }

    private static double[] with(double[] corner, int parameter, double place) {
        double[] changed = corner.clone();
        changed[parameter] = place;
        return changed;
    }

    private Leaf among(Leaf box, int parameter, BitSet some) {
        @Nullable BitSet[] cells = box.cells.clone();
        cells[parameter] = some;
        double width = some.stream().mapToDouble(scales.get(parameter)::width).sum();
        return new Leaf(box.low, with(box.high, parameter, width), cells, 0);
    }

    private static Integer[] where(Integer[] rows, IntPredicate test) {
        return Arrays.stream(rows).filter(test::test).toArray(Integer[]::new);
    }

    /** The split of an ordered parameter with the least squared error, halfway between two rows. */
    private Split split(Integer[] rows, int parameter) {
        Integer[] sorted = rows.clone();
        Arrays.sort(sorted, Comparator.comparingDouble(i -> x[i][parameter]));
        double sum = Arrays.stream(sorted).mapToDouble(i -> y[i]).sum();
        double left = 0;
        Split best = Split.NONE;
        for (int k = 1; k < sorted.length; k++) {
            left += y[sorted[k - 1]];
            double before = x[sorted[k - 1]][parameter];
            double after = x[sorted[k]][parameter];
            double place = (before + after) / 2;
            double error = error(left, k, sum, sorted.length);
            if (after > before && place < after && error < best.error) {
                best = new Split(parameter, place, null, error);
            }
        }
        return best;
    }

    /*
     * The best split of a categorical parameter: with the cells in the order of their mean values it is between two of
     * them (W. Fisher 1958). Cells without rows go with the larger part.
     */
    private Split split(Integer[] rows, int parameter, BitSet cells) {
        Scale scale = scales.get(parameter);
        double[] sums = new double[scale.cells()];
        int[] counts = new int[scale.cells()];
        for (int row : rows) {
            int cell = scale.cell(x[row][parameter]);
            sums[cell] += y[row];
            counts[cell]++;
        }
        List<Integer> order = cells.stream()
                .filter(cell -> counts[cell] > 0)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer cell) -> sums[cell] / counts[cell])
                        .thenComparingInt(cell -> cell))
                .toList();
        double sum = Arrays.stream(sums).sum();
        double left = 0;
        int count = 0;
        Split best = Split.NONE;
        BitSet some = new BitSet();
        for (int k = 1; k < order.size(); k++) {
            int cell = order.get(k - 1);
            left += sums[cell];
            count += counts[cell];
            some.set(cell);
            double error = error(left, count, sum, rows.length);
            if (error < best.error) {
                best = new Split(parameter, 0, withEmpty(some, cells, counts, 2 * count > rows.length), error);
            }
        }
        return best;
    }

    private static BitSet withEmpty(BitSet some, BitSet cells, int[] counts, boolean larger) {
        BitSet all = (BitSet) some.clone();
        cells.stream().filter(cell -> larger && counts[cell] == 0).forEach(all::set);
        return all;
    }

    // the sum of squares is the same for all splits, and left out
    private static double error(double left, int count, double sum, int of) {
        return -left * left / count - (sum - left) * (sum - left) / (of - count);
    }
}
