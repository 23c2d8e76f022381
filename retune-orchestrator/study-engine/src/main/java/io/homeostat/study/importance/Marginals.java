package io.homeostat.study.importance;

import io.homeostat.study.importance.RegressionTree.Leaf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.DoubleStream;

/** Means of a tree over all but one or two parameters, and how they vary. */
final class Marginals {
    private final List<Leaf> leaves;
    private final double[][] borders; // parameter by parameter: of the cells in which the tree does not change
    private final double mean;
    private final double variance;

    Marginals(List<Scale> scales, List<Leaf> leaves) {
        this.leaves = leaves;
        borders = new double[scales.size()][];
        for (int j = 0; j < borders.length; j++) {
            int parameter = j;
            Scale scale = scales.get(j);
            borders[j] = scale.categorical()
                    ? scale.borders()
                    : DoubleStream.concat(
                                    DoubleStream.of(1), leaves.stream().mapToDouble(leaf -> leaf.low()[parameter]))
                            .sorted()
                            .distinct()
                            .toArray();
        }
        double sum = 0;
        double squares = 0;
        for (Leaf leaf : leaves) {
            sum += leaf.volume() * leaf.value();
            squares += leaf.volume() * leaf.value() * leaf.value();
        }
        mean = sum;
        variance = squares - sum * sum;
    }

    /** The variance over the whole space. */
    double variance() {
        return variance;
    }

    /** The variance of the mean over all other parameters, as one parameter changes. */
    double variance(int parameter) {
        int cells = borders[parameter].length - 1;
        double[] change = new double[cells + 1]; // from cell to cell
        for (Leaf leaf : leaves) {
            double value = leaf.value() * leaf.volume() / leaf.width(parameter);
            for (int[] run : runs(leaf, parameter)) {
                change[run[0]] += value;
                change[run[1]] -= value;
            }
        }
        double sum = 0;
        double marginal = 0;
        for (int cell = 0; cell < cells; cell++) {
            marginal += change[cell];
            sum += width(parameter, cell) * (marginal - mean) * (marginal - mean);
        }
        return sum;
    }

    /** The variance of the mean over all other parameters, as two parameters change. */
    double variance(int one, int other) {
        int rows = borders[one].length - 1;
        int columns = borders[other].length - 1;
        double[][] change = new double[rows + 1][columns + 1]; // from cell to cell, in both directions
        for (Leaf leaf : leaves) {
            double value = leaf.value() * leaf.volume() / leaf.width(one) / leaf.width(other);
            for (int[] row : runs(leaf, one)) {
                for (int[] column : runs(leaf, other)) {
                    change[row[0]][column[0]] += value;
                    change[row[0]][column[1]] -= value;
                    change[row[1]][column[0]] -= value;
                    change[row[1]][column[1]] += value;
                }
            }
        }
        double sum = 0;
        double[] marginal = new double[columns];
        for (int row = 0; row < rows; row++) {
            double along = 0;
            for (int column = 0; column < columns; column++) {
                along += change[row][column];
                marginal[column] += along;
                double off = marginal[column] - mean;
                sum += width(one, row) * width(other, column) * off * off;
            }
        }
        return sum;
    }

    private double width(int parameter, int cell) {
        return borders[parameter][cell + 1] - borders[parameter][cell];
    }

    /* The cells of a leaf as runs, each from a cell to before another one. */
    private List<int[]> runs(Leaf leaf, int parameter) {
        BitSet cells = leaf.cells()[parameter];
        if (cells == null) {
            return List.of(new int[] {find(parameter, leaf.low()[parameter]), find(parameter, leaf.high()[parameter])});
        }
        List<int[]> runs = new ArrayList<>();
        for (int from = cells.nextSetBit(0); from >= 0; from = cells.nextSetBit(cells.nextClearBit(from))) {
            runs.add(new int[] {from, cells.nextClearBit(from)});
        }
        return runs;
    }

    private int find(int parameter, double border) {
        return Arrays.binarySearch(borders[parameter], border);
    }
}
