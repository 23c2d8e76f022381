package io.homeostat.meta.metafeature;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A uniform sample of rows of bounded size: the k rows whose position has the smallest seeded hash. It depends on the
 * positions only, not on the order or on how the rows were split over builders.
 */
final class RowSample {
    private final int most;
    private final long seed;
    private final TreeMap<Long, Row> rows = new TreeMap<>();

    /** A sampled row of present cells. */
    record Row(Map<String, Object> cells, @Nullable Object label) {}

    RowSample(int most, long seed) {
        this.most = most;
        this.seed = Hash.mix(seed);
    }

    void offer(long position, Row row) {
        keep(Hash.mix(position ^ seed), row);
    }

    void merge(RowSample other) {
        other.rows.forEach(this::keep);
    }

    private void keep(long priority, Row row) {
        if (rows.size() < most) {
            rows.put(priority, row);
        } else if (priority < rows.lastKey() && rows.put(priority, row) == null) {
            rows.pollLastEntry();
        }
    }

    int size() {
        return rows.size();
    }

    /** The column's numbers, a row each; NaN where there is none. */
    double[] numbers(String column) {
        return rows.values().stream()
                .mapToDouble(row -> Cell.number(row.cells.get(column)).orElse(Double.NaN))
                .toArray();
    }

    /** The column's cells of the given kind, a row each; null where there is none. */
    List<@Nullable Object> cells(String column, Class<?> kind) {
        List<@Nullable Object> cells = new ArrayList<>(rows.size());
        for (Row row : rows.values()) {
            Object cell = row.cells.get(column);
            cells.add(kind.isInstance(cell) ? cell : null);
        }
        return cells;
    }

    /** The labels, a row each; null where there is none. */
    List<@Nullable Object> labels() {
        List<@Nullable Object> labels = new ArrayList<>(rows.size());
        rows.values().forEach(row -> labels.add(row.label));
        return labels;
    }
}
