package io.homeostat.drift.statistics.estimation;

import io.homeostat.drift.statistics.profile.CategoricalProfile;
import io.homeostat.drift.statistics.profile.FeatureType;
import io.homeostat.drift.statistics.profile.Schema;
import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A row's features as numbers: the first {@value #MOST_FEATURES} of a schema; a category is the mean label of its rows in the
 * reference, a rare or unknown one the mean of all. Missing values are NaN.
 */
final class RowEncoding {
    static final int MOST_FEATURES = 100;
    private static final int MOST_CATEGORIES = 64;

    /** Per feature in order the means by category; null for a number. */
    private final LinkedHashMap<String, @Nullable TreeMap<String, Double>> features;

    private final double mean;

    private RowEncoding(LinkedHashMap<String, @Nullable TreeMap<String, Double>> features, double mean) {
        this.features = features;
        this.mean = mean;
    }

    static RowEncoding learn(Schema schema, List<Map<String, ? extends @Nullable Object>> rows, double[] labels) {
        double sum = 0;
        for (double label : labels) {
            sum += label;
        }
        LinkedHashMap<String, @Nullable TreeMap<String, Double>> features = new LinkedHashMap<>();
        schema.features().entrySet().stream()
                .limit(MOST_FEATURES)
                .forEach(feature -> features.put(
                        feature.getKey(),
                        feature.getValue() == FeatureType.NUMERIC ? null : means(feature.getKey(), rows, labels)));
        return new RowEncoding(features, sum / labels.length);
    }

    private static TreeMap<String, Double> means(
            String feature, List<Map<String, ? extends @Nullable Object>> rows, double[] labels) {
        Map<String, double[]> sums = new HashMap<>();
        for (int i = 0; i < labels.length; i++) {
            Object value = rows.get(i).get(feature);
            if (value != null) {
                double[] sum = sums.computeIfAbsent(CategoricalProfile.cut(value.toString()), c -> new double[2]);
                sum[0] += labels[i];
                sum[1]++;
            }
        }
        TreeMap<String, Double> means = new TreeMap<>();
        sums.entrySet().stream()
                .sorted(Comparator.comparingDouble((Map.Entry<String, double[]> e) -> -e.getValue()[1])
                        .thenComparing(Map.Entry::getKey))
                .limit(MOST_CATEGORIES)
                .forEach(e -> means.put(e.getKey(), e.getValue()[0] / e.getValue()[1]));
        return means;
    }

    double[] encode(Map<String, ? extends @Nullable Object> row) {
        double[] numbers = new double[features.size()];
        int i = 0;
        for (Map.Entry<String, @Nullable TreeMap<String, Double>> feature : features.entrySet()) {
            Object value = row.get(feature.getKey());
            TreeMap<String, Double> means = feature.getValue();
            if (value == null) {
                numbers[i] = Double.NaN;
            } else if (means != null) {
                numbers[i] = means.getOrDefault(CategoricalProfile.cut(value.toString()), mean);
            } else {
                numbers[i] = value instanceof Number number ? number.doubleValue() : Double.NaN;
            }
            i++;
        }
        return numbers;
    }

    void write(StateWriter out) {
        out.real(mean).count(features.size());
        features.forEach((name, means) -> {
            out.text(name).flag(means != null);
            if (means != null) {
                out.count(means.size());
                means.forEach((category, value) -> out.text(category).real(value));
            }
        });
    }

    static RowEncoding read(StateReader in) {
        double mean = in.real();
        LinkedHashMap<String, @Nullable TreeMap<String, Double>> features = new LinkedHashMap<>();
        int size = in.sizeIn(0, MOST_FEATURES);
        for (int i = 0; i < size; i++) {
            String name = in.text();
            TreeMap<String, Double> means = in.flag() ? new TreeMap<>() : null;
            if (means != null) {
                int categories = in.sizeIn(0, MOST_CATEGORIES);
                for (int j = 0; j < categories; j++) {
                    means.put(in.text(), in.real());
                }
            }
            features.put(name, means);
        }
        return new RowEncoding(features, mean);
    }
}
