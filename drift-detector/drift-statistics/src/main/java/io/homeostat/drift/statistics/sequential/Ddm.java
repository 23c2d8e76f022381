package io.homeostat.drift.statistics.sequential;

import io.homeostat.drift.statistics.state.StateFields;
import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;

/**
 * DDM, the drift detection method: the error rate so far against its lowest point.
 *
 * <p>Idea: while a model holds, its running error p falls or stays; the lowest p + s, s = √(p (1 − p) / n), is kept.
 *
 * <p>Decision: a warning if p + s &gt; p_min + w s_min, a change if p + s &gt; p_min + d s_min; from the 30th loss on, and
 * after the first error, as s is 0 before it. Then all starts anew. Only a rise is found. The change is placed where the
 * warning that led to it began.
 *
 * <p>Parameters: w, the warning level (above 0, default 2); d, the drift level (above w, default 3). The mean is taken
 * over all losses, so a change after a long stable run is found late; at a low rate it often alarms falsely. For losses
 * between 0 and 1 s is an upper bound of the standard error.
 *
 * <p>Example: errors .20 → .60 after 2,000 losses are found after about 200 losses, after 20,000 after about 1,700.
 *
 * <p>Reference: Gama, Medas, Castillo, Rodrigues: Learning with drift detection, SBIA 2004.
 */
public final class Ddm extends StatefulDetector {
    /** The name in signals. */
    public static final String NAME = "ddm";

    private static final int TAG = 13;
    private static final int VERSION = 1;
    private static final int LEAST_LOSSES = 30;

    private final double warningLevel;
    private final double driftLevel;
    private long count; // since the last detection
    private double total;
    private double lowestRate;
    private double lowestDeviation;
    private long countAtWarning;
    private double totalAtWarning;
    private boolean warned;
    private double statistic;
    private double threshold = 1;

    /**
     * A detector.
     *
     * @param warningLevel w, above 0
     * @param driftLevel d, above w
     */
    public Ddm(double warningLevel, double driftLevel) {
        this.warningLevel = between(0, warningLevel, driftLevel, "warningLevel", "The default is 2, below 3.");
        this.driftLevel = between(0, driftLevel, Double.POSITIVE_INFINITY, "driftLevel", "The default is 3.");
    }

    /** A detector with the defaults. */
    public Ddm() {
        this(2, 3);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    protected Detection next(double loss) {
        count++;
        total += loss;
        if (count < LEAST_LOSSES) {
            return Detection.STABLE;
        }
        double rate = Math.min(1, total / count);
        double deviation = Math.sqrt(rate * (1 - rate) / count);
        statistic = rate + deviation;
        if (lowestRate == 0 || statistic <= lowestRate + lowestDeviation) {
            lowestRate = rate;
            lowestDeviation = deviation;
        }
        threshold = lowestRate + driftLevel * lowestDeviation;
        if (statistic > threshold) {
            return drift(loss);
        }
        return statistic > lowestRate + warningLevel * lowestDeviation ? warning(loss) : calm();
    }

    private Detection warning(double loss) {
        if (!warned) {
            warned = true;
            countAtWarning = count - 1;
            totalAtWarning = total - loss;
        }
        return Detection.WARNING;
    }

    private Detection calm() {
        warned = false;
        return Detection.STABLE;
    }

    private Detection drift(double loss) {
        warning(loss);
        long since = count - countAtWarning;
        double after = (total - totalAtWarning) / since;
        Change change = new Change(seen() - since + 1, seen(), lowestRate, after, statistic);
        count = 0;
        total = 0;
        lowestRate = 0;
        lowestDeviation = 0;
        warned = false;
        return found(change);
    }

    @Override
    public double statistic() {
        return statistic;
    }

    @Override
    public double threshold() {
        return threshold;
    }

    @Override
    protected StateWriter parameters() {
        return new StateWriter(TAG, VERSION).real(warningLevel).real(driftLevel);
    }

    @Override
    protected void state(StateFields fields) {
        count = fields.count(count);
        total = fields.real(total);
        lowestRate = fields.real(lowestRate);
        lowestDeviation = fields.real(lowestDeviation);
        countAtWarning = fields.count(countAtWarning);
        totalAtWarning = fields.real(totalAtWarning);
        warned = fields.flag(warned);
        statistic = fields.real(statistic);
        threshold = fields.real(threshold);
    }

    /** The detector that gave these bytes. */
    public static Ddm fromBytes(byte[] bytes) {
        StateReader in = new StateReader(NAME, bytes, TAG, VERSION);
        return restored(new Ddm(in.real(), in.real()), in);
    }
}
