package io.homeostat.meta.index;

import java.util.Arrays;

/** Between which values each feature of some rows lies. A row that is gone leaves it as wide as it was. */
final class Box {
    private double[] low = {}; // by column
    private double[] high = {};

    /** Widens it by a row: so many cells from a place on, NaN where the row does not have the feature. */
    void include(double[] cells, int from, int count) {
        if (count > low.length) {
            int known = low.length;
            low = Arrays.copyOf(low, count);
            high = Arrays.copyOf(high, count);
            Arrays.fill(low, known, count, Double.POSITIVE_INFINITY);
            Arrays.fill(high, known, count, Double.NEGATIVE_INFINITY);
        }
        for (int j = 0; j < count; j++) {
            double value = cells[from + j];
            if (!Double.isNaN(value)) {
                low[j] = Math.min(low[j], value);
                high[j] = Math.max(high[j], value);
            }
        }
    }

    /** Whether a row has the feature of a column. */
    boolean has(int column) {
        return column < low.length && low[column] <= high[column];
    }

    /** How far a value is from those that rows have in a column; 0 if it is among them. */
    double apart(int column, double value) {
        return Math.max(0, Math.max(low[column] - value, value - high[column]));
    }
}
