package io.homeostat.meta.method;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A sum of small regression trees, each fitted to what those before it leave: gradient boosting of squares. Every tree splits
 * up to {@value #DEPTH} times in a row, where the squared error falls most, and leaves at least {@value #LEAF} rows on either
 * side.
 *
 * <p>Reference: J. Friedman, Greedy Function Approximation: A Gradient Boosting Machine, Annals of Statistics 29, 2001.
 */
final class BoostedTrees {
    private static final int TREES = 60;
    private static final int DEPTH = 3;
    private static final int LEAF = 5;
    private static final double RATE = 0.2;

    private final double mean;
    private final List<Node> trees = new ArrayList<>();

    private sealed interface Node {}

    private record Leaf(double value) implements Node {}

    private record Split(int coordinate, double place, Node below, Node above) implements Node {}

    /**
     * Fits them.
     *
     * @param x row by row
     * @param y a value for each row, at least one
     */
    BoostedTrees(double[][] x, double[] y) {
        mean = Arrays.stream(y).average().orElseThrow();
        double[] left = Arrays.stream(y).map(value -> value - mean).toArray();
        Integer[] all = new Integer[y.length];
        Arrays.setAll(all, i -> i);
        for (int k = 0; k < TREES; k++) {
            Node tree = grow(x, left, all, DEPTH);
            trees.add(tree);
            for (int i = 0; i < left.length; i++) {
                left[i] -= RATE * value(tree, x[i]);
            }
        }
    }

    /** The value at a place. */
    double at(double[] place) {
        double sum = mean;
        for (Node tree : trees) {
            sum += RATE * value(tree, place);
        }
        return sum;
    }

    private static double value(Node node, double[] place) {
        Node at = node;
        while (at instanceof Split split) {
            at = place[split.coordinate] <= split.place ? split.below : split.above;
        }
        return ((Leaf) at).value;
    }

    private static Node grow(double[][] x, double[] y, Integer[] rows, int depth) {
        double sum = 0;
        for (int row : rows) {
            sum += y[row];
        }
        Leaf leaf = new Leaf(sum / rows.length);
        if (depth == 0 || rows.length < 2 * LEAF) {
            return leaf;
        }
        double most = sum * sum / rows.length + 1e-12;
        int coordinate = -1;
        double place = 0;
        for (int j = 0; j < x[0].length; j++) {
            int axis = j;
            Integer[] sorted = rows.clone();
            Arrays.sort(sorted, Comparator.comparingDouble(i -> x[i][axis]));
            double below = 0;
            for (int k = 1; k < sorted.length; k++) {
                below += y[sorted[k - 1]];
                double before = x[sorted[k - 1]][j];
                double after = x[sorted[k]][j];
                double gain = below * below / k + (sum - below) * (sum - below) / (sorted.length - k);
                if (k >= LEAF && sorted.length - k >= LEAF && after > before && gain > most) {
                    most = gain;
                    coordinate = j;
                    place = before + (after - before) / 2;
                }
            }
        }
        if (coordinate < 0) {
            return leaf;
        }
        int axis = coordinate;
        double at = place;
        Integer[] below = Arrays.stream(rows).filter(i -> x[i][axis] <= at).toArray(Integer[]::new);
        Integer[] above = Arrays.stream(rows).filter(i -> x[i][axis] > at).toArray(Integer[]::new);
        return new Split(axis, at, grow(x, y, below, depth - 1), grow(x, y, above, depth - 1));
    }
}
