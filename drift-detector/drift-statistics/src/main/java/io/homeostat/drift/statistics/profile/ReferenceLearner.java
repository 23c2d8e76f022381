package io.homeostat.drift.statistics.profile;

import io.homeostat.drift.statistics.performance.Task;
import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Learns a reference from a version's first events, where none came with the model: gathers samples of its rows, from
 * whatever partitions and windows, until there are enough rows and they span enough time.
 *
 * <p>The time decides what season is known: hours of day from a day on, hours of week from a week on. What is learned is
 * taken for normal: a model that drifted in that time is compared with its drift. Errors are not learned here.
 *
 * <p>Memory: a sample of at most 20,000 rows and 400,000 values (but at least 1,000 rows), of 8 bytes per number.
 */
public final class ReferenceLearner {
    private static final int TAG = 44;
    private static final int VERSION = 2;
    private static final int MOST_VALUES = 400_000;
    private static final int FEWEST_ROWS = 1_000;

    private final String modelVersion;
    private final Task task;
    private final Schema schema;
    private final ReferenceBuilder builder;

    /**
     * A learner that has seen nothing.
     *
     * @param modelVersion whose reference is learned
     */
    public ReferenceLearner(Schema schema, Task task, String modelVersion) {
        this(schema, task, modelVersion, new ReferenceBuilder(schema, task, limit(schema), 1));
    }

    private ReferenceLearner(Schema schema, Task task, String modelVersion, ReferenceBuilder builder) {
        this.schema = schema;
        this.task = task;
        this.modelVersion = modelVersion;
        this.builder = builder;
    }

    private static int limit(Schema schema) {
        int affordable = MOST_VALUES / (schema.features().size() + 2);
        return Math.max(FEWEST_ROWS, Math.min(ReferenceBuilder.DEFAULT_ROWS, affordable));
    }

    /** Whose reference is learned. */
    public String modelVersion() {
        return modelVersion;
    }

    /** Of which features. */
    public Schema schema() {
        return schema;
    }

    /** Takes in rows, all with their times; those older than what came before count like any other. */
    public void add(RowSample rows) {
        builder.add(rows);
    }

    /** How many rows were seen. */
    public long rows() {
        return builder.rows();
    }

    /**
     * The reference, if that many rows have come and they span that much time.
     *
     * @param enoughRows at least 1; 5,000 are plenty without a season
     * @param enoughTime zero or more of event time; a week for hours of week, two are better
     * @param offset whose hours and days count, from UTC
     * @param window the length of the windows that will be compared
     * @param withRows whether the reference keeps a sample of its rows
     */
    public Optional<Reference> reference(
            long enoughRows, Duration enoughTime, ZoneOffset offset, Duration window, boolean withRows) {
        boolean enough =
                builder.rows() >= Math.max(1, enoughRows) && builder.span().compareTo(enoughTime) >= 0;
        return enough
                ? Optional.of(
                        builder.withSeason(offset, window).withRows(withRows).build(modelVersion))
                : Optional.empty();
    }

    /** The state as bytes: equal for equal histories. */
    public byte[] toBytes() {
        StateWriter out = new StateWriter(TAG, VERSION).text(modelVersion).text(task.name());
        schema.write(out);
        return out.bytes(builder.toBytes()).toBytes();
    }

    /** The learner that gave these bytes. */
    public static ReferenceLearner fromBytes(byte[] bytes) {
        StateReader in = new StateReader("reference learner", bytes, TAG, VERSION);
        String version = in.text();
        Task task = Task.valueOf(in.text());
        Schema schema = Schema.read(in);
        byte[] state = in.bytes();
        in.end();
        return new ReferenceLearner(schema, task, version, ReferenceBuilder.fromBytes(schema, task, state));
    }
}
