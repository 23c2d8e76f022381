package io.homeostat.standalone.dataset;

import io.homeostat.backbone.spec.FeatureKind;
import io.homeostat.backbone.spec.TaskKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the columns of a file are, learned from its first rows: features with their kinds, the label with its task, and
 * clocks (numbers that never fall from row to row), which tell the time and are no feature.
 *
 * @param label the label's column
 * @param features kind of each feature, in column order
 * @param clocks columns left out because they only rise
 * @param task what the label asks for
 * @param positive for a binary task, the class whose probability is the score: the last in order of text
 */
public record Columns(
        String label, Map<String, FeatureKind> features, List<String> clocks, TaskKind task, String positive) {
    private static final int MOST_CLASSES = 50;

    /**
     * Learns the columns.
     *
     * @param file the data
     * @param label the label's column
     * @param rows how many first rows to look at
     */
    public static Columns learn(DataFile file, String label, int rows) {
        if (!file.columns().contains(label)) {
            throw new IllegalArgumentException(
                    "--label: the file has no column '" + label + "'; it has " + String.join(", ", file.columns()));
        }
        List<Seen> seen = new ArrayList<>();
        file.columns().forEach(c -> seen.add(new Seen()));
        file.forEach((row, fields) -> {
            for (int i = 0; i < fields.size(); i++) {
                seen.get(i).add(fields.get(i));
            }
            return row + 1 < rows;
        });
        Map<String, FeatureKind> features = new LinkedHashMap<>();
        List<String> clocks = new ArrayList<>();
        Map<String, Seen> byName = new HashMap<>();
        for (int i = 0; i < seen.size(); i++) {
            String name = file.columns().get(i);
            byName.put(name, seen.get(i));
            if (name.equals(label)) {
                continue;
            }
            if (!file.isNominal(name) && seen.get(i).isClock()) {
                clocks.add(name);
            } else {
                features.put(
                        name,
                        file.isNominal(name) || !seen.get(i).numeric ? FeatureKind.CATEGORICAL : FeatureKind.NUMERIC);
            }
        }
        Seen labels = byName.getOrDefault(label, new Seen());
        TaskKind task = task(labels, file.isNominal(label));
        String positive = labels.values.stream().sorted().reduce((a, b) -> b).orElse("1");
        return new Columns(label, features, clocks, task, positive);
    }

    private static TaskKind task(Seen labels, boolean nominal) {
        if (labels.values.size() <= 2) {
            return TaskKind.BINARY;
        }
        return nominal || !labels.numeric || (labels.values.size() <= MOST_CLASSES && labels.integral)
                ? TaskKind.MULTICLASS
                : TaskKind.REGRESSION;
    }

    /** A row's features: numbers, texts, or null where missing. */
    public Map<String, Object> featuresOf(List<String> columns, List<@Nullable String> fields) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            FeatureKind kind = features.get(columns.get(i));
            if (kind != null) {
                put(values, columns.get(i), typed(kind, fields.get(i)));
            }
        }
        return values;
    }

    // a missing value is a fact, too
    @SuppressWarnings("NullAway")
    private static void put(Map<String, Object> values, String name, @Nullable Object value) {
        values.put(name, value);
    }

    private static @Nullable Object typed(FeatureKind kind, @Nullable String field) {
        if (field == null || kind == FeatureKind.CATEGORICAL) {
            return field;
        }
        return number(field);
    }

    private static @Nullable Double number(String text) {
        try {
            double value = Double.parseDouble(text);
            return Double.isFinite(value) ? value : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static final class Seen {
        private static final int MOST_VALUES = 10_000;
        private final Set<String> values = new LinkedHashSet<>();
        private boolean numeric = true;
        private boolean integral = true;
        private boolean falls;
        private boolean rises;
        private double last = Double.NEGATIVE_INFINITY;

        private void add(@Nullable String field) {
            if (field == null) {
                return;
            }
            if (values.size() < MOST_VALUES) {
                values.add(field);
            }
            Double number = number(field);
            if (number == null) {
                numeric = false;
                return;
            }
            integral &= number == Math.rint(number);
            falls |= number < last;
            rises |= last != Double.NEGATIVE_INFINITY && number > last;
            last = number;
        }

        private boolean isClock() {
            return numeric && rises && !falls;
        }
    }
}
