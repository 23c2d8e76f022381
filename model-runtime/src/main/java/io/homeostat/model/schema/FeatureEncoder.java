package io.homeostat.model.schema;

import io.homeostat.backbone.event.LabelEvent;
import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.backbone.spec.FeatureKind;
import io.homeostat.model.runtime.InvalidFeatureException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows to numbers: a number stays, a category becomes its code, a missing value or unseen category becomes NaN. */
public final class FeatureEncoder {
    private final List<DataSchema.Feature> features;
    private final List<Map<String, Integer>> codes = new ArrayList<>();

    public FeatureEncoder(DataSchema schema) {
        this.features = schema.features();
        for (DataSchema.Feature feature : features) {
            Map<String, Integer> code = new HashMap<>();
            feature.categories().forEach(c -> code.put(c, code.size()));
            codes.add(code);
        }
    }

    /** Numbers per row. */
    public int width() {
        return features.size();
    }

    /** Encodes a request. Errors: {@link InvalidFeatureException}. */
    public double[] encode(Map<String, Object> row) {
        double[] numbers = new double[features.size()];
        encode(row, numbers, 0);
        return numbers;
    }

    /** Encodes requests one after the other, row by row. Errors: {@link InvalidFeatureException}. */
    public double[] encode(List<Map<String, Object>> rows) {
        double[] numbers = new double[Math.multiplyExact(rows.size(), features.size())];
        for (int i = 0; i < rows.size(); i++) {
            encode(rows.get(i), numbers, i * features.size());
        }
        return numbers;
    }

    /**
     * Encodes history. What a row of long ago does not have, because the spec has changed since, is missing, not wrong.
     */
    public double[] encodeHistory(List<Map<String, Object>> rows) {
        double[] numbers = new double[Math.multiplyExact(rows.size(), features.size())];
        for (int i = 0; i < rows.size(); i++) {
            for (int j = 0; j < features.size(); j++) {
                numbers[i * features.size() + j] = ofHistory(j, rows.get(i));
            }
        }
        return numbers;
    }

    private void encode(Map<String, Object> row, double[] into, int at) {
        for (int j = 0; j < features.size(); j++) {
            String name = features.get(j).name();
            Object value = row.get(name);
            if (value == null && !row.containsKey(name)) {
                throw new InvalidFeatureException(name, "is absent; send null if its value is not known");
            }
            into[at + j] = number(j, name, value);
        }
    }

    private double ofHistory(int j, Map<String, Object> row) {
        String name = features.get(j).name();
        try {
            return number(j, name, row.get(name));
        } catch (InvalidFeatureException wrong) {
            return Double.NaN;
        }
    }

    private double number(int j, String name, @Nullable Object value) {
        if (value == null) {
            return Double.NaN;
        }
        if (features.get(j).kind() == FeatureKind.CATEGORICAL) {
            return code(j, name, value);
        }
        if (value instanceof Number number) {
            double finite = number.doubleValue();
            if (!Double.isFinite(finite)) {
                throw new InvalidFeatureException(
                        name, value + " is not a finite number; send null for a missing value");
            }
            return finite;
        }
        if (value instanceof Boolean bool) {
            return bool ? 1 : 0;
        }
        throw new InvalidFeatureException(
                name, "'" + shortened(value) + "' is not a number, and the feature is numeric");
    }

    private double code(int j, String name, Object value) {
        try {
            Integer code = codes.get(j).get(value instanceof String s ? s : LabelEvent.text(name, value));
            return code == null ? Double.NaN : code;
        } catch (InvalidValueException wrong) {
            throw new InvalidFeatureException(
                    name, "'" + shortened(value) + "' " + "is not a category: " + wrong.problem());
        }
    }

    private static String shortened(Object value) {
        String text = String.valueOf(value);
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
