package io.homeostat.drift.statistics.profile;

import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A uniform sample of rows, column by column: 8 bytes per number, a reference per text. */
final class RowSample {
    private static final int FIRST = 64;

    private final Reservoir reservoir;
    private final Map<String, double[]> numbers = new LinkedHashMap<>();
    private final Map<String, @Nullable String[]> texts = new LinkedHashMap<>();
    private long[] times = new long[FIRST];
    private long untimed;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    RowSample(Schema schema, int limit, long seed) {
        this(schema, new Reservoir(limit, seed));
    }

    private RowSample(Schema schema, Reservoir reservoir) {
        this.reservoir = reservoir;
        schema.features().forEach((name, type) -> {
            if (type == FeatureType.NUMERIC) {
                numbers.put(name, new double[FIRST]);
            } else {
                texts.put(name, new String[FIRST]);
            }
        });
        numbers.put(Profile.SCORE, new double[FIRST]);
        texts.put(Profile.PREDICTION, new String[FIRST]);
    }

    void add(
            @Nullable Instant time,
            Map<String, ? extends @Nullable Object> values,
            @Nullable Double score,
            @Nullable String predicted) {
        numbers.keySet().forEach(name -> Profile.checkNumber(name, values.get(name)));
        if (time == null) {
            untimed++;
        } else {
            first = Math.min(first, time.toEpochMilli());
            last = Math.max(last, time.toEpochMilli());
        }
        int place = reservoir.next();
        if (place < 0) {
            return;
        }
        if (place >= times.length) {
            grow(Math.max(place + 1, times.length * 2));
        }
        times[place] = time == null ? 0 : time.toEpochMilli();
        numbers.forEach(
                (name, column) -> column[place] = number(name.equals(Profile.SCORE) ? score : values.get(name)));
        texts.forEach(
                (name, column) -> column[place] = text(name.equals(Profile.PREDICTION) ? predicted : values.get(name)));
    }

    long seen() {
        return reservoir.seen();
    }

    int kept() {
        return reservoir.kept();
    }

    /** Whether every row came with its time. */
    boolean timed() {
        return untimed == 0 && seen() > 0;
    }

    Instant first() {
        return Instant.ofEpochMilli(first);
    }

    Instant last() {
        return Instant.ofEpochMilli(last);
    }

    long[] times() {
        return Arrays.copyOf(times, kept());
    }

    /** A numeric feature or the score; NaN where it is missing. */
    double[] numbers(String name) {
        return Arrays.copyOf(numbers.getOrDefault(name, new double[0]), kept());
    }

    /** A categorical feature or the prediction; null where it is missing. */
    @Nullable
    String[] texts(String name) {
        return Arrays.copyOf(texts.getOrDefault(name, new String[0]), kept());
    }

    void write(StateWriter out) {
        reservoir.write(out);
        out.count(untimed).fixed(first).fixed(last).count(kept());
        for (int row = 0; row < kept(); row++) {
            out.fixed(times[row]);
        }
        numbers.values().forEach(column -> {
            for (int row = 0; row < kept(); row++) {
                out.real(column[row]);
            }
        });
        texts.values().forEach(column -> {
            for (int row = 0; row < kept(); row++) {
                String text = column[row];
                out.flag(text != null);
                if (text != null) {
                    out.text(text);
                }
            }
        });
    }

    static RowSample read(Schema schema, StateReader in) {
        RowSample sample = new RowSample(schema, Reservoir.read(in));
        sample.untimed = in.count();
        sample.first = in.fixed();
        sample.last = in.fixed();
        int kept = in.size();
        if (kept != sample.kept()) {
            throw new IllegalArgumentException(
                    "rows: " + kept + ", expected " + sample.kept() + ". Bytes are damaged.");
        }
        sample.grow(Math.max(FIRST, kept));
        for (int row = 0; row < kept; row++) {
            sample.times[row] = in.fixed();
        }
        sample.numbers.values().forEach(column -> {
            for (int row = 0; row < kept; row++) {
                column[row] = in.real();
            }
        });
        sample.texts.values().forEach(column -> {
            for (int row = 0; row < kept; row++) {
                column[row] = in.flag() ? in.text() : null;
            }
        });
        return sample;
    }

    private void grow(int length) {
        times = Arrays.copyOf(times, length);
        numbers.replaceAll((name, column) -> Arrays.copyOf(column, length));
        texts.replaceAll((name, column) -> Arrays.copyOf(column, length));
    }

    private static double number(@Nullable Object value) {
        double number = value instanceof Number given ? given.doubleValue() : Double.NaN;
        return Double.isFinite(number) ? number : Double.NaN;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : CategoricalProfile.cut(value.toString());
    }
}
