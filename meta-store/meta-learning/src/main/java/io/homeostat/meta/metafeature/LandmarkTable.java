package io.homeostat.meta.metafeature;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Sampled rows as {@link Landmarkers} take them: numbers are standardised and capped at {@value #REACH} deviations, where
 * missing they are 0; a category is a coordinate for each of its {@value #MOST_CODES} most frequent values.
 */
final class LandmarkTable {
    private static final double REACH = 5;
    private static final int MOST_CODES = 5;
    private static final int MOST_CLASSES = 20;

    private final List<double[]> coordinates = new ArrayList<>();
    private final int[] rows;

    /**
     * @param labels of the sampled rows; only rows with one are used, the first of them
     */
    LandmarkTable(List<@Nullable Object> labels) {
        rows = IntStream.range(0, labels.size())
                .filter(i -> labels.get(i) != null)
                .limit(Landmarkers.MOST_ROWS)
                .toArray();
    }

    /** Adds a column of numbers, NaN where missing. */
    void numbers(double[] column) {
        double[] x = Arrays.stream(rows).mapToDouble(i -> column[i]).toArray();
        double[] present = Arrays.stream(x).filter(v -> !Double.isNaN(v)).toArray();
        double mean = Arrays.stream(present).average().orElse(0);
        double variance = Arrays.stream(present)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElse(0);
        if (variance > 0 && Double.isFinite(variance)) {
            double deviation = Math.sqrt(variance);
            coordinates.add(Arrays.stream(x)
                    .map(v -> Double.isNaN(v) ? 0 : Math.max(-REACH, Math.min(REACH, (v - mean) / deviation)))
                    .toArray());
        }
    }

    /** Adds a column of categories, by code, the most frequent having the least; codes below 0 are missing. */
    void codes(int[] column) {
        IntStream codes = Arrays.stream(rows)
                .map(row -> column[row])
                .filter(code -> code >= 0)
                .distinct()
                .sorted();
        codes.limit(MOST_CODES).forEach(code -> {
            double[] full = new double[column.length];
            Arrays.setAll(full, i -> column[i] == code ? 1 : 0);
            numbers(full);
        });
    }

    /** Row by row. */
    double[][] x() {
        double[][] x = new double[rows.length][coordinates.size()];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < x[i].length; j++) {
                x[i][j] = coordinates.get(j)[i];
            }
        }
        return x;
    }

    /** A 1 for each row's class, rarer classes than the {@value #MOST_CLASSES} most frequent being one. */
    double[][] classes(List<@Nullable Object> labels) {
        Map<Object, Integer> counts = new HashMap<>();
        for (int row : rows) {
            counts.merge(Objects.requireNonNull(labels.get(row)), 1, Integer::sum);
        }
        List<Object> kept = counts.entrySet().stream()
                .sorted(Map.Entry.<Object, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(entry -> String.valueOf(entry.getKey())))
                .limit(MOST_CLASSES)
                .map(Map.Entry::getKey)
                .toList();
        int k = Math.min(counts.size(), MOST_CLASSES + 1);
        double[][] targets = new double[rows.length][k];
        for (int i = 0; i < rows.length; i++) {
            int place = kept.indexOf(labels.get(rows[i]));
            targets[i][place < 0 ? k - 1 : place] = 1;
        }
        return targets;
    }

    /** Each row's number. */
    double[][] numbers(List<@Nullable Object> labels) {
        double[][] targets = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            targets[i] = new double[] {(Double) Objects.requireNonNull(labels.get(rows[i]))};
        }
        return targets;
    }
}
