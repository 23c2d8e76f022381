package io.homeostat.drift.statistics.joint;

import io.homeostat.drift.statistics.profile.FeatureType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Rows as points, by what is learnt from the reference: a number becomes its distance from the mean in standard
 * deviations, at most 5 either way, and one coordinate more says whether it is missing; a category becomes a coordinate
 * for each of the 20 most frequent ones that one row in a hundred has, ±1/√2 so that two different ones are 1 apart. Left
 * out: columns that only rise in both samples (times, running numbers), and coordinates that are constant in both.
 */
final class Standardisation {
    private static final double FARTHEST = 5;
    private static final int MOST_CATEGORIES = 20;
    private static final double FREQUENT = 0.01;

    private final List<Coordinate> coordinates;

    /** One coordinate of a point. */
    private interface Coordinate {
        double of(@Nullable Object[] values);
    }

    private Standardisation(List<Coordinate> coordinates) {
        this.coordinates = coordinates;
    }

    static Standardisation learn(RowSample reference, RowSample window) {
        List<Row> rows = reference.rows();
        List<Coordinate> all = new ArrayList<>();
        int column = 0;
        for (FeatureType type : reference.schema().features().values()) {
            boolean clock = reference.onlyRises(column) && window.onlyRises(column);
            if (type == FeatureType.NUMERIC && !clock) {
                addNumeric(all, rows, column);
            } else if (type == FeatureType.CATEGORICAL) {
                addCategories(all, rows, column);
            }
            column++;
        }
        List<Row> both = new ArrayList<>(rows);
        both.addAll(window.rows());
        return new Standardisation(
                all.stream().filter(c -> !isConstant(c, both)).toList());
    }

    int dimensions() {
        return coordinates.size();
    }

    double[][] apply(RowSample sample) {
        return sample.rows().stream()
                .map(row -> coordinates.stream()
                        .mapToDouble(c -> c.of(row.values()))
                        .toArray())
                .toArray(double[][]::new);
    }

    private static boolean isConstant(Coordinate coordinate, List<Row> rows) {
        double first = coordinate.of(rows.get(0).values());
        return rows.stream().allMatch(row -> coordinate.of(row.values()) == first);
    }

    private static void addNumeric(List<Coordinate> all, List<Row> rows, int column) {
        double[] values = rows.stream()
                .map(row -> row.values()[column])
                .filter(Double.class::isInstance)
                .mapToDouble(value -> (Double) value)
                .toArray();
        double mean = 0;
        double squares = 0;
        for (int i = 0; i < values.length; i++) {
            double delta = values[i] - mean;
            mean += delta / (i + 1);
            squares += delta * (values[i] - mean);
        }
        double deviation = Math.sqrt(squares / Math.max(1, values.length - 1));
        double centre = mean;
        double scale = deviation > 0 ? deviation : Math.max(Double.MIN_NORMAL, 1e-6 * Math.abs(mean));
        all.add(row -> row[column] instanceof Double value
                ? Math.max(-FARTHEST, Math.min(FARTHEST, (value - centre) / scale))
                : 0);
        all.add(row -> row[column] == null ? 1 : 0);
    }

    private static void addCategories(List<Coordinate> all, List<Row> rows, int column) {
        Map<String, Integer> counts = new TreeMap<>();
        rows.forEach(row -> {
            if (row.values()[column] instanceof String text) {
                counts.merge(text, 1, Integer::sum);
            }
        });
        counts.entrySet().stream()
                .filter(entry -> entry.getValue() >= FREQUENT * rows.size())
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_CATEGORIES)
                .forEach(entry -> all.add(row -> entry.getKey().equals(row[column]) ? Math.sqrt(0.5) : 0));
        all.add(row -> row[column] == null ? 1 : 0);
    }
}
