package io.homeostat.study.importance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;

/** A regression tree on the unit cube, grown until its leaves are pure, as the list of its leaves. */
final class RegressionTree {
    /** Share of the parameters that each split may use. */
    private static final double FEATURES = 5.0 / 6;

    /**
     * A box with a value.
     *
     * @param low its lower corner
     * @param high its upper corner
     * @param value the mean of what is in it
     */
    record Leaf(double[] low, double[] high, double value) {
        double volume() {
            double volume = 1;
            for (int j = 0; j < low.length; j++) {
                volume *= high[j] - low[j];
            }
            return volume;
        }
    }

    private record Split(int parameter, double place, double error) {}

    private final double[][] x;
    private final double[] y;
    private final RandomGenerator random;
    private final List<Leaf> leaves = new ArrayList<>();

    private RegressionTree(double[][] x, double[] y, RandomGenerator random) {
        this.x = x;
        this.y = y;
        this.random = random;
    }

    /** The leaves of a tree on a bootstrap sample. */
    static List<Leaf> grow(double[][] x, double[] y, RandomGenerator random) {
        RegressionTree tree = new RegressionTree(x, y, random);
        Integer[] rows = new Integer[y.length];
        Arrays.setAll(rows, i -> random.nextInt(y.length));
        double[] low = new double[x[0].length];
        double[] high = new double[x[0].length];
        Arrays.fill(high, 1);
        tree.grow(rows, low, high);
        return tree.leaves;
    }

    // depth is bounded by the number of different rows, of which there are at most a few thousand
    private void grow(Integer[] rows, double[] low, double[] high) {
        Split best = new Split(-1, 0, Double.POSITIVE_INFINITY);
        double mean = Arrays.stream(rows).mapToDouble(i -> y[i]).average().orElseThrow();
        boolean pure = Arrays.stream(rows).allMatch(i -> y[i] == y[rows[0]]);
        boolean any = false;
        for (int j = 0; j < low.length && !pure; j++) {
            if (random.nextDouble() < FEATURES || (j == low.length - 1 && !any)) {
                any = true;
                Split split = split(rows, j);
                best = split.error < best.error ? split : best;
            }
        }
        if (best.parameter < 0) {
            leaves.add(new Leaf(low, high, mean));
            return;
        }
        Split chosen = best;
        double[] middleHigh = high.clone();
        double[] middleLow = low.clone();
        middleHigh[chosen.parameter] = chosen.place;
        middleLow[chosen.parameter] = chosen.place;
        grow(where(rows, i -> x[i][chosen.parameter] <= chosen.place), low, middleHigh);
        grow(where(rows, i -> x[i][chosen.parameter] > chosen.place), middleLow, high);
    }

    private static Integer[] where(Integer[] rows, IntPredicate test) {
        return Arrays.stream(rows).filter(test::test).toArray(Integer[]::new);
    }

    /** The split of one parameter with the least squared error, halfway between two rows. */
    private Split split(Integer[] rows, int parameter) {
        Integer[] sorted = rows.clone();
        Arrays.sort(sorted, Comparator.comparingDouble(i -> x[i][parameter]));
        double sum = Arrays.stream(sorted).mapToDouble(i -> y[i]).sum();
        double left = 0;
        Split best = new Split(-1, 0, Double.POSITIVE_INFINITY);
        for (int k = 1; k < sorted.length; k++) {
            left += y[sorted[k - 1]];
            double before = x[sorted[k - 1]][parameter];
            double after = x[sorted[k]][parameter];
            double place = (before + after) / 2;
            // the sum of squares is the same for all splits, and left out
            double error = -left * left / k - (sum - left) * (sum - left) / (sorted.length - k);
            if (after > before && place < after && error < best.error) {
                best = new Split(parameter, place, error);
            }
        }
        return best;
    }
}
