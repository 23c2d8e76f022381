package io.homeostat.drift.statistics.performance;

import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Rows per actual and predicted class, for at most {@value #MOST_CLASSES} classes. A window that sees more gives the
 * counts up and says so, whatever the order of the rows: which classes came first must not decide what is counted.
 */
final class ConfusionCounts {
    static final int MOST_CLASSES = 100;

    private final TreeMap<String, TreeMap<String, Long>> cells = new TreeMap<>();
    private final TreeSet<String> classes = new TreeSet<>();
    private boolean tooMany;

    void add(String actual, String predicted, long rows) {
        classes.add(actual);
        classes.add(predicted);
        tooMany |= classes.size() > MOST_CLASSES;
        if (tooMany) {
            cells.clear();
            classes.clear();
        } else {
            cells.computeIfAbsent(actual, a -> new TreeMap<>()).merge(predicted, rows, Long::sum);
        }
    }

    void merge(ConfusionCounts other) {
        tooMany |= other.tooMany;
        other.cells.forEach((actual, row) -> row.forEach((predicted, rows) -> add(actual, predicted, rows)));
        if (tooMany) {
            cells.clear();
            classes.clear();
        }
    }

    /** The rows of the rarest actual class; 0 if there is none, or too many. */
    long rarest() {
        return cells.values().stream()
                .mapToLong(
                        row -> row.values().stream().mapToLong(Long::longValue).sum())
                .min()
                .orElse(0);
    }

    /** The counts by class in the order of the names; empty with too many classes. */
    Optional<ConfusionMatrix> matrix() {
        if (tooMany || classes.isEmpty()) {
            return Optional.empty();
        }
        List<String> order = new ArrayList<>(classes);
        double[][] counts = new double[order.size()][order.size()];
        for (int i = 0; i < order.size(); i++) {
            TreeMap<String, Long> row = cells.getOrDefault(order.get(i), new TreeMap<>());
            for (int j = 0; j < order.size(); j++) {
                counts[i][j] = row.getOrDefault(order.get(j), 0L);
            }
        }
        return Optional.of(new ConfusionMatrix(counts));
    }

    void write(StateWriter out) {
        out.flag(tooMany).count(cells.size());
        cells.forEach((actual, row) -> {
            out.text(actual).count(row.size());
            row.forEach((predicted, rows) -> out.text(predicted).count(rows));
        });
    }

    void read(StateReader in) {
        tooMany = in.flag();
        int rows = in.sizeIn(0, MOST_CLASSES);
        for (int i = 0; i < rows; i++) {
            String actual = in.text();
            int used = in.sizeIn(0, MOST_CLASSES);
            for (int j = 0; j < used; j++) {
                add(actual, in.text(), in.count());
            }
        }
    }
}
