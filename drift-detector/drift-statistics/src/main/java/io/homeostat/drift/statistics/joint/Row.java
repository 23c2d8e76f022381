package io.homeostat.drift.statistics.joint;

import io.homeostat.drift.statistics.profile.FeatureType;
import io.homeostat.drift.statistics.profile.Schema;
import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values of one row in the order of the schema: a Double, a String, or null where there is none.
 *
 * @param priority its random rank in the sample; the lowest are kept
 */
record Row(long priority, @Nullable Object[] values) implements Comparable<Row> {
    private static final int LONGEST = 256;

    static Row of(long priority, Schema schema, Map<String, ? extends @Nullable Object> values) {
        @Nullable Object[] kept = new @Nullable Object[schema.features().size()];
        int column = 0;
        for (Map.Entry<String, FeatureType> feature : schema.features().entrySet()) {
            kept[column++] = value(feature.getKey(), feature.getValue(), values.get(feature.getKey()));
        }
        return new Row(priority, kept);
    }

    private static @Nullable Object value(String name, FeatureType type, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (type == FeatureType.CATEGORICAL) {
            String text = value.toString();
            return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        }
        if (!(value instanceof Number number)) {
            throw new IllegalArgumentException("features." + name + ": '" + value
                    + "' is not a number. Declare the feature categorical, or correct the source.");
        }
        double real = number.doubleValue() + 0.0;
        return Double.isFinite(real) ? (Object) real : null;
    }

    /** By priority; rows of equal priority by their values, so that the order never depends on who came first. */
    @Override
    public int compareTo(Row other) {
        int order = Long.compareUnsigned(priority, other.priority);
        return order != 0 ? order : Arrays.compare(bytes(), other.bytes());
    }

    byte[] bytes() {
        StateWriter out = new StateWriter(0, 0);
        write(out);
        return out.toBytes();
    }

    void write(StateWriter out) {
        out.fixed(priority);
        for (Object value : values) {
            out.flag(value != null);
            if (value instanceof Double number) {
                out.real(number.doubleValue());
            } else if (value instanceof String text) {
                out.text(text);
            }
        }
    }

    static Row read(StateReader in, FeatureType[] types) {
        long priority = in.fixed();
        @Nullable Object[] values = new @Nullable Object[types.length];
        for (int i = 0; i < types.length; i++) {
            if (in.flag()) {
                values[i] = types[i] == FeatureType.NUMERIC ? (Object) in.real() : in.text();
            }
        }
        return new Row(priority, values);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Row that && priority == that.priority && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(priority);
    }
}
