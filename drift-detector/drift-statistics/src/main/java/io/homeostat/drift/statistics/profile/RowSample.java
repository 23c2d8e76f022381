package io.homeostat.drift.statistics.profile;

import io.homeostat.drift.statistics.state.SplitMix;
import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A uniform sample of a stream of rows, bounded and mergeable: what a reference is learned from, and what tests of the
 * joint distribution compare.
 *
 * <p>Idea: every row draws a random priority; those below a bound are kept, and the bound falls whenever more than the limit
 * are. A merge takes the lower of both bounds, so it is a sample of all rows in which each is as likely as any other,
 * whatever the limits and the order of merging; equal updates give equal bytes.
 *
 * <p>Parameters: limit (rows kept, 1–1,000,000, default 2,000) and a seed; samples to be merged need different seeds, such as
 * {@code SplitMix.seed(model, partition)}, or they would toss the same priorities.
 *
 * <p>Cost: a coin and a comparison per row; O(log limit) and its values for one that is kept, 8 bytes per number.
 *
 * <p>Example: of rows 1..100,000, a sample of 2,000 has a mean of about 50,000 ± 650.
 *
 * <p>Reference: Cohen, Kaplan: Summarizing data using bottom-k sketches, 2007.
 */
public final class RowSample {
    /** The default of the most rows kept. */
    public static final int DEFAULT_LIMIT = 2_000;

    private static final int TAG = 40;
    private static final int VERSION = 2;
    private static final int MOST = 1_000_000;

    private final Columns columns;
    private final int limit;
    private final TreeSet<Row> rows = new TreeSet<>();
    private long coin;
    private long bound = -1; // unsigned: the highest there is
    private long seen;
    private long untimed;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    /**
     * An empty sample.
     *
     * @param schema the features that are kept of a row
     * @param limit the most rows kept, 1 to 1,000,000
     * @param seed of the priorities
     */
    public RowSample(Schema schema, int limit, long seed) {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit: " + limit + " is not in 1..1000000. The default is 2000.");
        }
        this.columns = new Columns(schema);
        this.limit = limit;
        this.coin = seed;
    }

    /** An empty sample with the default limit. */
    public RowSample(Schema schema, long seed) {
        this(schema, DEFAULT_LIMIT, seed);
    }

    /** Adds a row of no known time that no model has answered. */
    public void add(Map<String, ? extends @Nullable Object> values) {
        add(null, values, null, null);
    }

    /**
     * Adds a row. A value that is absent, null, NaN or infinite counts as missing; a text in a numeric feature of a row that
     * is kept is an error that leaves the sample as it was. A row that is not kept is not looked at.
     *
     * @param time when it was, if known
     * @param values features by name: numbers, or texts for categorical ones
     * @param score the model's score, null if it gave none
     * @param predicted the class predicted, null if there is none
     */
    public void add(
            @Nullable Instant time,
            Map<String, ? extends @Nullable Object> values,
            @Nullable Double score,
            @Nullable String predicted) {
        long next = SplitMix.next(coin);
        long priority = SplitMix.bits(next);
        if (Long.compareUnsigned(priority, bound) < 0) {
            keep(columns.row(priority, time == null ? seen : time.toEpochMilli(), values, score, predicted));
        }
        coin = next;
        seen++;
        if (time == null) {
            untimed++;
        } else {
            first = Math.min(first, time.toEpochMilli());
            last = Math.max(last, time.toEpochMilli());
        }
    }

    /** Adds everything that another sample of the same features saw. */
    public void merge(RowSample other) {
        if (!other.schema().equals(schema())) {
            throw new IllegalArgumentException("sample: the features "
                    + other.schema().features().keySet() + " cannot be merged into "
                    + schema().features().keySet() + ".");
        }
        seen += other.seen;
        untimed += other.untimed;
        first = Math.min(first, other.first);
        last = Math.max(last, other.last);
        if (Long.compareUnsigned(other.bound, bound) < 0) {
            bound = other.bound;
            rows.removeIf(row -> Long.compareUnsigned(row.priority(), bound) >= 0);
        }
        for (Row row : other.rows()) {
            if (Long.compareUnsigned(row.priority(), bound) < 0) {
                keep(row);
            }
        }
    }

    private void keep(Row row) {
        rows.add(row);
        if (rows.size() > limit) {
            bound = rows.last().priority();
            rows.pollLast();
        }
    }

    /** The rows kept whose time or running number is meant: a sample of all such rows, to be looked at only. */
    RowSample where(LongPredicate order) {
        RowSample some = new RowSample(schema(), limit, coin);
        rows.stream().filter(row -> order.test(row.order())).forEach(some.rows::add);
        some.seen = some.rows.size();
        return some;
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
        return columns.schema();
    }

    /** How many features are of a type; that many places of a row are theirs. */
    public int features(FeatureType type) {
        return (int) schema().features().values().stream().filter(type::equals).count();
    }

    /** The rows kept, in random order: each half of them is a sample, too. */
    public List<Row> rows() {
        return new ArrayList<>(rows);
    }

    /** The rows kept, by time or running number. */
    public List<Row> rowsInOrder() {
        List<Row> ordered = rows();
        ordered.sort(Row::inOrder);
        return ordered;
    }

    /** Where things stand in a row. */
    Columns columns() {
        return columns;
    }

    /** Whether every row came with its time. */
    boolean timed() {
        return untimed == 0 && seen > 0;
    }

    /** The time of the oldest row that was added. */
    Instant first() {
        return Instant.ofEpochMilli(first);
    }

    /** The time of the newest row that was added. */
    Instant last() {
        return Instant.ofEpochMilli(last);
    }

    /** The state as bytes. */
    public byte[] toBytes() {
        StateWriter out = new StateWriter(TAG, VERSION);
        schema().write(out);
        out.count(limit).fixed(coin).fixed(bound).count(seen);
        out.count(untimed).fixed(first).fixed(last).count(rows.size());
        rows.forEach(row -> row.write(out));
        return out.toBytes();
    }

    /** The sample that gave these bytes; it goes on exactly as that one would have. */
    public static RowSample fromBytes(byte[] bytes) {
        StateReader in = new StateReader("row sample", bytes, TAG, VERSION);
        Schema schema = Schema.read(in);
        int limit = in.sizeIn(1, MOST);
        RowSample sample = new RowSample(schema, limit, in.fixed());
        sample.bound = in.fixed();
        sample.seen = in.count();
        sample.untimed = in.count();
        sample.first = in.fixed();
        sample.last = in.fixed();
        int size = in.sizeIn(0, limit);
        for (int i = 0; i < size; i++) {
            sample.rows.add(sample.columns.read(in));
        }
        in.end();
        return sample;
    }
}
