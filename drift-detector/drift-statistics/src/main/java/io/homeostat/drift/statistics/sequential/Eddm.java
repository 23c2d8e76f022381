package io.homeostat.drift.statistics.sequential;

import io.homeostat.drift.statistics.state.StateFields;
import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;

/**
 * EDDM, the early drift detection method: the gaps between errors shrink.
 *
 * <p>Idea: while a model holds, the gaps between its errors grow or stay; the largest μ + 2σ of all gaps is kept. A loss
 * of .5 or more is an error.
 *
 * <p>Decision, at each error from the 30th on: with q = 1 − (μ + 2σ) / max, a warning if q &gt; w, a change if q &gt; d. Then all
 * starts anew. Only a rise is found. The change is placed at the maximum.
 *
 * <p>Parameters: w, the warning level (above 0, default .05); d, the drift level (above w, below 1, default .10): the field's
 * .95 and .90 counted from 1. It alarms often on a stationary stream, and the place of the change is rough.
 *
 * <p>Example: errors .20 → .60 after 2,000 losses are found after about 71 losses.
 *
 * <p>Reference: Baena-García et al.: Early drift detection method, 2006.
 */
public final class Eddm extends StatefulDetector {
    /** The name in signals. */
    public static final String NAME = "eddm";

    private static final int TAG = 14;
    private static final int VERSION = 1;
    private static final int LEAST_ERRORS = 30;

    private final double warningLevel;
    private final double driftLevel;
    private long count; // since the last detection
    private long errors;
    private long lastError;
    private double meanGap;
    private double squares;
    private double largest;
    private long countAtLargest;
    private long errorsAtLargest;
    private double statistic;

    /**
     * A detector.
     *
     * @param warningLevel w, above 0
     * @param driftLevel d, above w, below 1
     */
    public Eddm(double warningLevel, double driftLevel) {
        this.warningLevel = between(0, warningLevel, driftLevel, "warningLevel", "The default is .05, below .10.");
        this.driftLevel = between(0, driftLevel, 1, "driftLevel", "The default is .10.");
    }

    /** A detector with the defaults. */
    public Eddm() {
        this(0.05, 0.1);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    protected Detection next(double loss) {
        count++;
        if (loss >= 0.5) {
            error();
        }
        if (statistic > driftLevel) {
            return drift();
        }
        return statistic > warningLevel ? Detection.WARNING : Detection.STABLE;
    }

    private void error() {
        errors++;
        double gap = count - lastError;
        lastError = count;
        double off = gap - meanGap;
        meanGap += off / errors;
        squares += off * (gap - meanGap);
        double spread = meanGap + 2 * Math.sqrt(squares / errors);
        if (errors < LEAST_ERRORS) {
            return;
        }
        if (spread >= largest) {
            largest = spread;
            countAtLargest = count;
            errorsAtLargest = errors;
        }
        statistic = 1 - spread / largest;
    }

    private Detection drift() {
        double before = (double) errorsAtLargest / countAtLargest;
        double after = (double) (errors - errorsAtLargest) / (count - countAtLargest);
        Change change = new Change(seen() - count + countAtLargest + 1, seen(), before, after, statistic);
        count = 0;
        errors = 0;
        lastError = 0;
        meanGap = 0;
        squares = 0;
        largest = 0;
        statistic = 0;
        return found(change);
    }

    @Override
    public double statistic() {
        return statistic;
    }

    @Override
    public double threshold() {
        return driftLevel;
    }

    @Override
    protected StateWriter parameters() {
        return new StateWriter(TAG, VERSION).real(warningLevel).real(driftLevel);
    }

    @Override
    protected void state(StateFields fields) {
        count = fields.count(count);
        errors = fields.count(errors);
        lastError = fields.count(lastError);
        meanGap = fields.real(meanGap);
        squares = fields.real(squares);
        largest = fields.real(largest);
        countAtLargest = fields.count(countAtLargest);
        errorsAtLargest = fields.count(errorsAtLargest);
        statistic = fields.real(statistic);
    }

    /** The detector that gave these bytes. */
    public static Eddm fromBytes(byte[] bytes) {
        StateReader in = new StateReader(NAME, bytes, TAG, VERSION);
        return restored(new Eddm(in.real(), in.real()), in);
    }
}
