package io.homeostat.drift.statistics.sequential;

import io.homeostat.drift.statistics.state.StateFields;
import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What all detectors have: the check of a loss, the count, the change found last, and their bytes. A detector adds {@link
 * #next}, what its {@link #parameters} are, and its {@link #state}; it is restored by
 *
 * <pre>{@code
 * StateReader in = new StateReader(NAME, bytes, TAG, VERSION);
 * return restored(new Ddm(in.real(), in.real()), in);
 * }</pre>
 */
public abstract class StatefulDetector implements ErrorStreamDetector {
    private static final Change NO_CHANGE = new Change(0, 0, 0, 0, 0);

    private long seen;
    private @Nullable Change lastChange;

    /** A detector that has seen nothing. */
    protected StatefulDetector() {}

    /** Takes a loss that was checked and counted. */
    protected abstract Detection next(double loss);

    /** Head and parameters: what the constructor needs. */
    protected abstract StateWriter parameters();

    /** Goes through all fields that a loss can change. */
    protected abstract void state(StateFields fields);

    @Override
    public final Detection update(double loss) {
        count(loss);
        return next(loss);
    }

    /** Checks a loss and counts it. */
    protected final void count(double loss) {
        if (!(loss >= 0 && loss <= 1)) {
            throw new IllegalArgumentException(
                    "loss: " + loss + " is not in 0..1. Scale and cut it first, for instance with Bounds.");
        }
        seen++;
    }

    @Override
    public final long seen() {
        return seen;
    }

    @Override
    public final Optional<Change> lastChange() {
        return Optional.ofNullable(lastChange);
    }

    @Override
    public final byte[] toBytes() {
        StateWriter out = parameters();
        all(StateFields.to(out));
        return out.toBytes();
    }

    /** The statistic at the change that the last loss brought, for a detector that has begun anew since. */
    final OptionalDouble statisticWhenFound() {
        return lastChange != null && lastChange.detectedAt() == seen
                ? OptionalDouble.of(lastChange.statistic())
                : OptionalDouble.empty();
    }

    /** Keeps a change that was found now. */
    protected final Detection found(Change change) {
        lastChange = change;
        return Detection.DRIFT;
    }

    /** The detector with the state that follows its parameters. */
    protected static <D extends StatefulDetector> D restored(D detector, StateReader in) {
        StatefulDetector stateful = detector;
        stateful.all(StateFields.from(in));
        in.end();
        return detector;
    }

    private void all(StateFields fields) {
        seen = fields.count(seen);
        lastChange = change(fields, lastChange);
        state(fields);
    }

    static @Nullable Change change(StateFields fields, @Nullable Change change) {
        if (!fields.flag(change != null)) {
            return null;
        }
        Change c = change == null ? NO_CHANGE : change;
        return new Change(
                fields.count(c.index()),
                fields.count(c.detectedAt()),
                fields.real(c.before()),
                fields.real(c.after()),
                fields.real(c.statistic()));
    }

    /** The value, if it lies between two others, both left out; an error that names it and the advice otherwise. */
    static double between(double low, double value, double high, String name, String advice) {
        if (!(value > low && value < high)) {
            throw new IllegalArgumentException(
                    name + ": " + value + " is not between " + low + " and " + high + ". " + advice);
        }
        return value;
    }
}
