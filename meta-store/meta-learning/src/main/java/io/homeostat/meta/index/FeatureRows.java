package io.homeostat.meta.index;

import io.homeostat.meta.similarity.ScaledDistance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Meta-features of many tasks as rows of one array, so that the distances to all of them are one pass over memory. A feature
 * that a task does not have is NaN. The first {@value #MOST_FEATURES} different features have a column; others are left out.
 */
final class FeatureRows {
    /** Different features at most. */
    static final int MOST_FEATURES = 256;

    private static final int LEAST_ROWS = 64;
    private static final int LEAST_COLUMNS = 8;

    private final Map<String, Integer> columns = new LinkedHashMap<>();
    private final List<String> names = new ArrayList<>();
    private int width = LEAST_COLUMNS;
    private int rows;
    private double[] cells = new double[LEAST_ROWS * LEAST_COLUMNS];
    private int[] known = new int[LEAST_ROWS];

    /** Adds a row after the others. */
    void add(Map<String, Double> features) {
        if (rows == known.length) {
            resize(rows * 2, width);
        }
        rows++;
        set(rows - 1, features);
    }

    /** Puts features in the place of a row's. */
    void set(int row, Map<String, Double> features) {
        features.keySet().forEach(this::column);
        Arrays.fill(cells, row * width, (row + 1) * width, Double.NaN);
        known[row] = 0;
        features.forEach((name, value) -> {
            Integer column = columns.get(name);
            if (column != null && Double.isFinite(value)) {
                cells[row * width + column] = value;
                known[row]++;
            }
        });
    }

    private void column(String name) {
        if (columns.containsKey(name) || names.size() == MOST_FEATURES) {
            return;
        }
        if (names.size() == width) {
            resize(known.length, width * 2);
        }
        columns.put(name, names.size());
        names.add(name);
    }

    private void resize(int mostRows, int newWidth) {
        double[] grown = new double[mostRows * newWidth];
        Arrays.fill(grown, Double.NaN);
        for (int i = 0; i < rows; i++) {
            System.arraycopy(cells, i * width, grown, i * newWidth, width);
        }
        cells = grown;
        width = newWidth;
        known = Arrays.copyOf(known, mostRows);
    }

    /** Takes a row out; the last one takes its place. */
    void remove(int row) {
        rows--;
        System.arraycopy(cells, rows * width, cells, row * width, width);
        known[row] = known[rows];
    }

    /** A row's features. */
    SortedMap<String, Double> get(int row) {
        SortedMap<String, Double> features = new TreeMap<>();
        for (int j = 0; j < names.size(); j++) {
            double value = cells[row * width + j];
            if (!Double.isNaN(value)) {
                features.put(names.get(j), value);
            }
        }
        return features;
    }

    /** Whether a row has none. */
    boolean empty(int row) {
        return known[row] == 0;
    }

    /** Has a box hold a row, too. */
    void include(int row, Box box) {
        box.include(cells, row * width, names.size());
    }

    /** A distance in the spreads of all rows. */
    ScaledDistance scale() {
        Map<String, double[]> values = new LinkedHashMap<>();
        for (int j = 0; j < names.size(); j++) {
            double[] column = new double[rows];
            int count = 0;
            for (int i = 0; i < rows; i++) {
                double value = cells[i * width + j];
                column[count] = value;
                count += Double.isNaN(value) ? 0 : 1;
            }
            if (count > 0) {
                values.put(names.get(j), Arrays.copyOf(column, count));
            }
        }
        return ScaledDistance.of(values);
    }

    /** The distances of rows to one task. */
    Distances to(Map<String, Double> target, ScaledDistance scale) {
        return new Distances(target, scale);
    }

    /** The distance of {@link ScaledDistance} with all weights 1, over rows. */
    final class Distances {
        private static final int AT_ONCE = 8; // features until it is asked whether the row is too far already

        private static final double ROUNDING = 1 - 1e-9;

        private final double[] values = new double[names.size()];
        private final double[] spreads = new double[names.size()];
        private final int targets;

        private Distances(Map<String, Double> target, ScaledDistance scale) {
            Arrays.fill(values, Double.NaN);
            Arrays.fill(spreads, 1);
            int all = 0;
            for (Map.Entry<String, Double> feature : target.entrySet()) {
                Integer place = columns.get(feature.getKey());
                boolean defined = Double.isFinite(feature.getValue());
                all += defined ? 1 : 0;
                if (defined && place != null) {
                    values[place] = feature.getValue();
                    spreads[place] = scale.spread(feature.getKey());
                }
            }
            targets = all;
        }

        /**
         * What the distance of each row in a box is at least.
         *
         * <p>A row may lack any of the features that others have. If it shares k of the T features asked for, √(squares / k) is at least
         * that of the k nearest sides of the box, and the share of features that both have at most k/T; the least over k holds.
         */
        double atLeast(Box box) {
            double[] squares = new double[values.length];
            int count = 0;
            for (int j = 0; j < values.length; j++) {
                if (!Double.isNaN(values[j]) && box.has(j)) {
                    double counted = Math.min(ScaledDistance.MOST_SPREADS, box.apart(j, values[j]) / spreads[j]);
                    squares[count++] = counted * counted;
                }
            }
            Arrays.sort(squares, 0, count);
            double least = Double.POSITIVE_INFINITY;
            double sum = 0;
            for (int k = 1; k <= count; k++) {
                sum += squares[k - 1];
                double lacking = 1 - (double) k / targets;
                least = Math.min(least, Math.sqrt(sum / k) + ScaledDistance.DEFAULT_PENALTY * lacking);
            }
            return ROUNDING * least;
        }

        /**
         * A row's distance; infinite if no feature is shared.
         *
         * @param most a bound: of a row that is farther any number above it may be said
         */
        double of(int row, double most) {
            double tooMuch = most * most * targets; // for √(squares / shared) is part of the distance
            double squares = 0;
            int both = 0;
            int at = row * width;
            for (int from = 0; from < values.length; from += AT_ONCE) {
                if (squares > tooMuch) {
                    return Double.POSITIVE_INFINITY;
                }
                int to = Math.min(values.length, from + AT_ONCE);
                for (int j = from; j < to; j++) {
                    double apart = Math.abs(values[j] - cells[at + j]) / spreads[j];
                    if (!Double.isNaN(apart)) {
                        double counted = Math.min(ScaledDistance.MOST_SPREADS, apart);
                        squares += counted * counted;
                        both++;
                    }
                }
            }
            double share = (double) both / (targets + known[row] - both);
            return both == 0
                    ? Double.POSITIVE_INFINITY
                    : Math.sqrt(squares / both) + ScaledDistance.DEFAULT_PENALTY * (1 - share);
        }
    }
}
