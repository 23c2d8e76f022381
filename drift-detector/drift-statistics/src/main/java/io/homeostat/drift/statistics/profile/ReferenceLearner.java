package io.homeostat.drift.statistics.profile;

import io.homeostat.drift.statistics.performance.Task;
import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Learns a reference from a version's first events, where none came with the model: collects rows until there are enough
 * of them and they span enough time, makes the {@link Reference}, then looks at nothing more.
 *
 * <p>The time decides what season is known: hours of day from a day on, hours of week from a week on. What is learned is
 * taken for normal: a model that drifted in that time is compared with its drift.
 *
 * <p>Memory while learning: a sample of at most 20,000 rows, of 8 bytes per number.
 */
public final class ReferenceLearner {
    private static final int TAG = 44;
    private static final int VERSION = 1;

    private final Schema schema;
    private final Task task;
    private final String modelVersion;
    private final long enoughRows;
    private final Duration enoughTime;
    private @Nullable ReferenceBuilder builder;
    private @Nullable Reference learned;

    /**
     * A learner that has seen nothing.
     *
     * @param modelVersion whose reference is learned
     * @param enoughRows at least 1; 5000 are plenty without a season
     * @param enoughTime zero or more of event time; a week for hours of week, two are better
     * @param offset whose hours and days count, from UTC
     * @param window the length of the windows that will be compared
     */
    public ReferenceLearner(
            Schema schema,
            Task task,
            String modelVersion,
            long enoughRows,
            Duration enoughTime,
            ZoneOffset offset,
            Duration window) {
        this(
                schema,
                task,
                modelVersion,
                enoughRows,
                enoughTime,
                new ReferenceBuilder(schema, task).withSeason(offset, window));
    }

    private ReferenceLearner(
            Schema schema,
            Task task,
            String modelVersion,
            long enoughRows,
            Duration enoughTime,
            @Nullable ReferenceBuilder builder) {
        if (enoughRows < 1 || enoughTime.isNegative()) {
            throw new IllegalArgumentException("enough rows " + enoughRows + " must be at least 1 and enough time "
                    + enoughTime + " not below 0.");
        }
        this.schema = schema;
        this.task = task;
        this.modelVersion = modelVersion;
        this.enoughRows = enoughRows;
        this.enoughTime = enoughTime;
        this.builder = builder;
    }

    /**
     * Takes in a row; one older than those before it counts like any other.
     *
     * @return the reference, from the row on that completes it
     */
    public Optional<Reference> add(
            Instant time,
            Map<String, ? extends @Nullable Object> values,
            @Nullable Double score,
            @Nullable String predicted,
            @Nullable Double loss) {
        ReferenceBuilder collecting = builder;
        if (collecting != null) {
            collecting.add(time, values, score, predicted, loss);
            if (collecting.rows() >= enoughRows && collecting.span().compareTo(enoughTime) >= 0) {
                learned = collecting.build(modelVersion);
                builder = null;
            }
        }
        return reference();
    }

    /** The reference, once it is learned. */
    public Optional<Reference> reference() {
        return Optional.ofNullable(learned);
    }

    /** How many rows are still to come at least; 0 once it is learned. */
    public long missingRows() {
        return builder == null ? 0 : Math.max(0, enoughRows - builder.rows());
    }

    /** The state as bytes: equal for equal histories. */
    public byte[] toBytes() {
        StateWriter out = new StateWriter(TAG, VERSION)
                .text(modelVersion)
                .text(task.name())
                .count(enoughRows)
                .count(enoughTime.toMillis());
        schema.write(out);
        out.flag(learned != null);
        if (learned != null) {
            out.bytes(learned.toBytes());
        } else if (builder != null) {
            out.bytes(builder.toBytes());
        }
        return out.toBytes();
    }

    /** The learner that gave these bytes. */
    public static ReferenceLearner fromBytes(byte[] bytes) {
        StateReader in = new StateReader("reference learner", bytes, TAG, VERSION);
        String version = in.text();
        Task task = Task.valueOf(in.text());
        long rows = in.count();
        Duration time = Duration.ofMillis(in.count());
        Schema schema = Schema.read(in);
        boolean done = in.flag();
        byte[] state = in.bytes();
        in.end();
        ReferenceLearner learner = new ReferenceLearner(
                schema, task, version, rows, time, done ? null : ReferenceBuilder.fromBytes(schema, task, state));
        learner.learned = done ? Reference.fromBytes(state) : null;
        return learner;
    }
}
