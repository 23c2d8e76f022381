package io.homeostat.drift.statistics.baseline;

import io.homeostat.drift.statistics.sequential.Detection;
import io.homeostat.drift.statistics.sequential.StatefulDetector;
import io.homeostat.drift.statistics.state.StateFields;
import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;

/** The policy that never reports a change: what a model is worth that is left alone. */
public final class Never extends StatefulDetector {
    /** The name in signals. */
    public static final String NAME = "never";

    private static final int TAG = 18;
    private static final int VERSION = 1;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    protected Detection next(double loss) {
        return Detection.STABLE;
    }

    /** 0. */
    @Override
    public double statistic() {
        return 0;
    }

    /** Infinite. */
    @Override
    public double threshold() {
        return Double.POSITIVE_INFINITY;
    }

    @Override
    protected StateWriter parameters() {
        return new StateWriter(TAG, VERSION);
    }

    @Override
    protected void state(StateFields fields) {
        // nothing but what all have
    }

    /** The policy that gave these bytes. */
    public static Never fromBytes(byte[] bytes) {
        StateReader in = new StateReader(NAME, bytes, TAG, VERSION);
        return restored(new Never(), in);
    }
}
