package io.homeostat.drift.statistics.joint;

import io.homeostat.drift.statistics.profile.FeatureType;
import io.homeostat.drift.statistics.profile.Row;
import io.homeostat.drift.statistics.profile.RowSample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rows as points, by what is learnt from the reference: a number becomes its distance from the mean in standard
 * deviations, at most 5 either way, and one coordinate more says whether it is missing; a category becomes a coordinate
 * for each of the 20 most frequent ones that one row in a hundred has, ±1/√2 so that two different ones are 1 apart. Left
 * out: columns that only rise in both samples (times, running numbers), and coordinates that are constant in both.
 */
final class Standardisation {
    private static final double FARTHEST = 5;
    private static final int MOST_CATEGORIES = 20;
    private static final int FEWEST_RISES = 10;
    private static final double FREQUENT = 0.01;

    private final List<Coordinate> coordinates;

    /** One coordinate of a point. */
    private interface Coordinate {
        double of(Row row);
    }

    private Standardisation(List<Coordinate> coordinates) {
        this.coordinates = coordinates;
    }

    static Standardisation learn(RowSample reference, RowSample window) {
        List<Row> rows = reference.rows();
        List<Row> ordered = reference.rowsInOrder();
        List<Row> windowOrdered = window.rowsInOrder();
        List<Coordinate> all = new ArrayList<>();
        for (int place = 0; place < reference.features(FeatureType.NUMERIC); place++) {
            if (!onlyRises(ordered, place) || !onlyRises(windowOrdered, place)) {
                addNumeric(all, rows, place);
            }
        }
        for (int place = 0; place < reference.features(FeatureType.CATEGORICAL); place++) {
            addCategories(all, rows, place);
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
                .map(row -> coordinates.stream().mapToDouble(c -> c.of(row)).toArray())
                .toArray(double[][]::new);
    }

    private static boolean isConstant(Coordinate coordinate, List<Row> rows) {
        double first = coordinate.of(rows.get(0));
        return rows.stream().allMatch(row -> coordinate.of(row) == first);
    }

    /**
     * Whether a column never fell from row to row and rose at least ten times: a clock or a running number, whose drift is
     * certain and means nothing. By chance ten rises without a fall have a probability of less than one in a million.
     */
    private static boolean onlyRises(List<Row> ordered, int place) {
        double last = Double.NaN;
        int rises = 0;
        for (Row row : ordered) {
            double value = row.number(place);
            if (value < last) {
                return false;
            }
            rises += value > last ? 1 : 0;
            last = Double.isNaN(value) ? last : value;
        }
        return rises >= FEWEST_RISES;
    }

    private static void addNumeric(List<Coordinate> all, List<Row> rows, int place) {
        double[] values = rows.stream()
                .mapToDouble(row -> row.number(place))
                .filter(value -> !Double.isNaN(value))
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
        all.add(row -> Double.isNaN(row.number(place))
                ? 0
                : Math.max(-FARTHEST, Math.min(FARTHEST, (row.number(place) - centre) / scale)));
        all.add(row -> Double.isNaN(row.number(place)) ? 1 : 0);
    }

    private static void addCategories(List<Coordinate> all, List<Row> rows, int place) {
        Map<String, Integer> counts = new TreeMap<>();
        rows.forEach(row -> {
            String text = row.text(place);
            if (text != null) {
                counts.merge(text, 1, Integer::sum);
            }
        });
        counts.entrySet().stream()
                .filter(entry -> entry.getValue() >= FREQUENT * rows.size())
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_CATEGORIES)
                .forEach(entry -> all.add(row -> entry.getKey().equals(row.text(place)) ? Math.sqrt(0.5) : 0));
        all.add(row -> row.text(place) == null ? 1 : 0);
    }
}
