package io.homeostat.benchmarks.drift;

import io.homeostat.benchmarks.harness.Data;
import io.homeostat.drift.statistics.performance.PerformanceWindow;
import io.homeostat.drift.statistics.performance.Task;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** Rows of a binary model in the order of time: score, prediction and label. */
record ScoredRows(double[] scores, boolean[] predicted, boolean[] actual) {
    private static final String FOLDER = "streams/nannyml_california/california_housing_";

    int size() {
        return scores.length;
    }

    /** The rows that a model was released with: their labels stand beside the scores. */
    static ScoredRows reference() throws IOException {
        List<Map<String, String>> rows = read("reference");
        return of(rows, rows);
    }

    /** The rows after that; their labels have a file of their own and are found by id. */
    static ScoredRows analysis() throws IOException {
        Map<String, Map<String, String>> labels = new HashMap<>();
        read("analysis_gt").forEach(row -> labels.put(row.get("id"), row));
        List<Map<String, String>> rows = read("analysis");
        return of(
                rows,
                rows.stream()
                        .map(row -> Objects.requireNonNull(labels.get(row.get("id")), "a label"))
                        .toList());
    }

    /** What the labels say of rows from..to. */
    PerformanceWindow performance(int from, int to) {
        PerformanceWindow window = new PerformanceWindow(Task.BINARY);
        for (int i = from; i < to; i++) {
            window.addBinary(actual[i], predicted[i], scores[i]);
        }
        return window;
    }

    private static ScoredRows of(List<Map<String, String>> rows, List<Map<String, String>> labels) {
        ScoredRows found = new ScoredRows(new double[rows.size()], new boolean[rows.size()], new boolean[rows.size()]);
        for (int i = 0; i < rows.size(); i++) {
            found.scores[i] = Double.parseDouble(cell(rows.get(i), "y_pred_proba"));
            found.predicted[i] = cell(rows.get(i), "y_pred").equals("1");
            found.actual[i] = cell(labels.get(i), "clf_target").equals("1");
        }
        return found;
    }

    private static String cell(Map<String, String> row, String column) {
        return Objects.requireNonNull(row.get(column), column);
    }

    private static List<Map<String, String>> read(String part) throws IOException {
        var file = Data.file(FOLDER + part + ".csv.gz");
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            List<String> heads = Arrays.asList(lines.readLine().split(","));
            return lines.lines().map(line -> row(heads, line)).toList();
        }
    }

    private static Map<String, String> row(List<String> heads, String line) {
        String[] cells = line.split(",");
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < cells.length; i++) {
            row.put(heads.get(i), cells[i]);
        }
        return row;
    }
}
