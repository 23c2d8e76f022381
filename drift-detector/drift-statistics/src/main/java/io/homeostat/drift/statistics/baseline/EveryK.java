package io.homeostat.drift.statistics.baseline;

import io.homeostat.drift.statistics.sequential.Change;
import io.homeostat.drift.statistics.sequential.Detection;
import io.homeostat.drift.statistics.sequential.StatefulDetector;
import io.homeostat.drift.statistics.state.StateFields;
import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;

/**
 * The policy that reports a change every k losses, whatever they are: a re-tune by the calendar. Its change lies at the
 * loss it is reported at; its means are those of the last k losses and the k before.
 */
public final class EveryK extends StatefulDetector {
    /** The name in signals. */
    public static final String NAME = "every-k";

    private static final int TAG = 19;
    private static final int VERSION = 1;

    private final long k;
    private double before;
    private double total;

    /** The policy for a k of at least 1. */
    public EveryK(long k) {
        if (k < 1) {
            throw new IllegalArgumentException("k: " + k + " is below 1. Use Never to report nothing.");
        }
        this.k = k;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    protected Detection next(double loss) {
        total += loss;
        if (seen() % k != 0) {
            return Detection.STABLE;
        }
        double after = total / k;
        Change change = new Change(seen(), seen(), seen() == k ? after : before, after, k);
        before = after;
        total = 0;
        return found(change);
    }

    /** Losses since the last report. */
    @Override
    public double statistic() {
        return seen() % k;
    }

    /** k. */
    @Override
    public double threshold() {
        return k;
    }

    @Override
    protected StateWriter parameters() {
        return new StateWriter(TAG, VERSION).count(k);
    }

    @Override
    protected void state(StateFields fields) {
        before = fields.real(before);
        total = fields.real(total);
    }

    /** The policy that gave these bytes. */
    public static EveryK fromBytes(byte[] bytes) {
        StateReader in = new StateReader(NAME, bytes, TAG, VERSION);
        return restored(new EveryK(in.count()), in);
    }
}
