package io.homeostat.drift.statistics.joint;

import io.homeostat.drift.statistics.profile.FeatureType;
import io.homeostat.drift.statistics.profile.Schema;
import io.homeostat.drift.statistics.state.SplitMix;
import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A uniform sample of a stream of rows, bounded and mergeable.
 *
 * <p>Idea: every row draws a random priority; the rows of the lowest priorities are kept. So a merge of samples is a
 * sample of all their rows, whatever the order of merging, and equal updates give equal bytes. Rows stand in the order of
 * their priorities, which is a random one.
 *
 * <p>Parameters: limit (rows kept, 1–100,000, default 2,000) and a seed; samples to be merged need different seeds, such as
 * {@code SplitMix.seed(model, partition)}, or they would toss the same priorities.
 *
 * <p>Cost: O(log limit) per update that is kept, and the values of at most {@code limit} rows.
 *
 * <p>Example: of rows 1..100,000, a sample of 2,000 has a mean of about 50,000 ± 650.
 *
 * <p>Reference: Cohen, Kaplan: Summarizing data using bottom-k sketches, 2007.
 */
public final class RowSample {
    /** The default of the most rows kept. */
    public static final int DEFAULT_LIMIT = 2_000;

    private static final int TAG = 40;
    private static final int VERSION = 1;
    private static final int MOST = 100_000;

    private final Schema schema;
    private final int limit;
    private final TreeSet<Row> rows = new TreeSet<>();
    private RisingColumns rising;
    private long coin;
    private long seen;

    /**
     * An empty sample.
     *
     * @param schema the features that are kept of a row
     * @param limit the most rows kept, 1 to 100,000
     * @param seed of the priorities
     */
    public RowSample(Schema schema, int limit, long seed) {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit: " + limit + " is not in 1..100000. The default is 2000.");
        }
        this.schema = schema;
        this.limit = limit;
        this.coin = seed;
        this.rising = new RisingColumns(schema.features().size());
    }

    /** An empty sample with the default limit. */
    public RowSample(Schema schema, long seed) {
        this(schema, DEFAULT_LIMIT, seed);
    }

    /**
     * Adds a row; a value that is absent, null, NaN or infinite counts as missing, a text in a numeric feature is an error
     * that leaves the sample as it was.
     */
    public void add(Map<String, ? extends @Nullable Object> values) {
        long next = SplitMix.next(coin);
        Row row = Row.of(SplitMix.bits(next), schema, values);
        coin = next;
        seen++;
        rising.add(row);
        keep(row);
    }

    /** Adds everything that another sample of the same features saw. */
    public void merge(RowSample other) {
        if (!other.schema.equals(schema)) {
            throw new IllegalArgumentException("sample: the features "
                    + other.schema.features().keySet() + " cannot be merged into "
                    + schema.features().keySet() + ".");
        }
        seen += other.seen;
        rising = rising.mergedWith(other.rising);
        List.copyOf(other.rows).forEach(this::keep);
    }

    /** How many rows were added. */
    public long seen() {
        return seen;
    }

    /** How many rows are kept. */
    public int size() {
        return rows.size();
    }

    /** The features. */
    public Schema schema() {
        return schema;
    }

    /** The state as bytes. */
    public byte[] toBytes() {
        StateWriter out = new StateWriter(TAG, VERSION).count(limit).fixed(coin).count(seen);
        out.count(schema.features().size());
        schema.features().forEach((name, type) -> out.text(name).flag(type == FeatureType.NUMERIC));
        rising.write(out);
        out.count(rows.size());
        rows.forEach(row -> row.write(out));
        return out.toBytes();
    }

    /** The sample that gave these bytes; it goes on exactly as that one would have. */
    public static RowSample fromBytes(byte[] bytes) {
        StateReader in = new StateReader("row sample", bytes, TAG, VERSION);
        int limit = in.sizeIn(1, MOST);
        long coin = in.fixed();
        long seen = in.count();
        Map<String, FeatureType> features = new LinkedHashMap<>();
        int columns = in.size();
        for (int i = 0; i < columns; i++) {
            features.put(in.text(), in.flag() ? FeatureType.NUMERIC : FeatureType.CATEGORICAL);
        }
        RowSample sample = new RowSample(new Schema(features), limit, coin);
        sample.seen = seen;
        sample.rising = RisingColumns.read(in, columns);
        FeatureType[] types = features.values().toArray(new FeatureType[0]);
        int size = in.sizeIn(0, limit);
        for (int i = 0; i < size; i++) {
            sample.rows.add(Row.read(in, types));
        }
        in.end();
        return sample;
    }

    /** The rows kept, in random order. */
    List<Row> rows() {
        return new ArrayList<>(rows);
    }

    /** Whether a column only ever rose, like a time or a running number. */
    boolean onlyRises(int column) {
        return rising.onlyRises(column);
    }

    private void keep(Row row) {
        if (rows.size() < limit || row.compareTo(rows.last()) < 0) {
            rows.add(row);
            if (rows.size() > limit) {
                rows.pollLast();
            }
        }
    }
}
