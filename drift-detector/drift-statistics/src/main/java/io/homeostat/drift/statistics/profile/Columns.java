package io.homeostat.drift.statistics.profile;

import io.homeostat.drift.statistics.state.StateReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where each feature, the score and the prediction stand in a {@link Row}: by name, so that it does not depend on the order
 * in which a schema tells them.
 */
final class Columns {
    private final Schema schema;
    private final List<String> numbers = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();

    Columns(Schema schema) {
        this.schema = schema;
        new TreeMap<>(schema.features())
                .forEach((name, type) -> (type == FeatureType.NUMERIC ? numbers : texts).add(name));
        numbers.add(Profile.SCORE);
        texts.add(Profile.PREDICTION);
    }

    Schema schema() {
        return schema;
    }

    Row row(
            long priority,
            long order,
            Map<String, ? extends @Nullable Object> values,
            @Nullable Double score,
            @Nullable String predicted) {
        double[] numeric = new double[numbers.size()];
        for (int i = 0; i < numeric.length - 1; i++) {
            Object value = values.get(numbers.get(i));
            Profile.checkNumber(numbers.get(i), value);
            numeric[i] = number(value);
        }
        numeric[numeric.length - 1] = number(score);
        @Nullable String[] categorical = new @Nullable String[texts.size()];
        for (int i = 0; i < categorical.length - 1; i++) {
            categorical[i] = text(values.get(texts.get(i)));
        }
        categorical[categorical.length - 1] = text(predicted);
        return new Row(priority, order, numeric, categorical);
    }

    Row read(StateReader in) {
        return Row.read(in, numbers.size(), texts.size());
    }

    /** A numeric feature or the score of some rows; NaN where it is missing. */
    double[] numbers(String name, List<Row> rows) {
        int place = numbers.indexOf(name);
        return rows.stream().mapToDouble(row -> row.number(place)).toArray();
    }

    /** A categorical feature or the prediction of some rows; null where it is missing. */
    @Nullable
    String[] texts(String name, List<Row> rows) {
        int place = texts.indexOf(name);
        @Nullable String[] column = new @Nullable String[rows.size()];
        for (int i = 0; i < column.length; i++) {
            column[i] = rows.get(i).text(place);
        }
        return column;
    }

    private static double number(@Nullable Object value) {
        double number = value instanceof Number given ? given.doubleValue() + 0.0 : Double.NaN;
        return Double.isFinite(number) ? number : Double.NaN;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : CategoricalProfile.cut(value.toString());
    }
}
