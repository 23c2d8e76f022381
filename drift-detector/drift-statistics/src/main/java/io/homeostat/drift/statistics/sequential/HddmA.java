package io.homeostat.drift.statistics.sequential;

import io.homeostat.drift.statistics.state.StateFields;
import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;

/**
 * HDDM-A: the mean of all losses against that of their best prefix, by Hoeffding's inequality.
 *
 * <p>Idea: the best prefix is the one whose mean plus Hoeffding bound, x̄ + √(ln(1/α) / 2n), is lowest.
 *
 * <p>Decision: x̄ − x̄_min ≥ √(½ (n − n_min) / (n_min n) · ln(2/α)), a warning at α_w, a change at α_d; then all starts
 * anew. Only a rise is found. The change is placed after the best prefix.
 *
 * <p>Parameters: α_w (0–1, default .005) and α_d (below α_w, default .001), each the chance of a false alarm of one
 * comparison, not of the stream. The bound knows only that losses lie in [0, 1]: at a low rate it is blind to a doubling.
 *
 * <p>Example: errors .20 → .60 after 2,000 losses are found after about 46 losses.
 *
 * <p>Reference: Frías-Blanco et al.: Online and non-parametric drift detection methods based on Hoeffding's bounds, 2015.
 */
public final class HddmA extends StatefulDetector {
    /** The name in signals. */
    public static final String NAME = "hddm-a";

    private static final int TAG = 15;
    private static final int VERSION = 1;

    private final double warningConfidence;
    private final double driftConfidence;
    private final double warningLog;
    private final double driftLog;
    private final double prefixLog;
    private long count; // since the last detection
    private double total;
    private long bestCount;
    private double bestTotal;
    private double statistic;
    private double threshold = 1;

    /**
     * A detector.
     *
     * @param warningConfidence α_w, 0 to 1
     * @param driftConfidence α_d, 0 to α_w
     */
    public HddmA(double warningConfidence, double driftConfidence) {
        this.warningConfidence = between(0, warningConfidence, 1, "warningConfidence", "The default is .005.");
        this.driftConfidence =
                between(0, driftConfidence, warningConfidence, "driftConfidence", "The default is .001, below .005.");
        warningLog = Math.log(2 / warningConfidence);
        driftLog = Math.log(2 / driftConfidence);
        prefixLog = Math.log(1 / driftConfidence);
    }

    /** A detector with the defaults. */
    public HddmA() {
        this(0.005, 0.001);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    protected Detection next(double loss) {
        count++;
        total += loss;
        if (bestCount == 0 || upper(total, count) <= upper(bestTotal, bestCount)) {
            bestCount = count;
            bestTotal = total;
        }
        statistic = Math.max(0, total / count - bestTotal / bestCount);
        threshold = bound(driftLog);
        if (bestCount == count) {
            return Detection.STABLE;
        }
        if (statistic >= threshold) {
            return drift();
        }
        return statistic >= bound(warningLog) ? Detection.WARNING : Detection.STABLE;
    }

    private double upper(double sum, long n) {
        return sum / n + Math.sqrt(prefixLog / (2.0 * n));
    }

    private double bound(double log) {
        return Math.sqrt(0.5 * (count - bestCount) / ((double) bestCount * count) * log);
    }

    private Detection drift() {
        long since = count - bestCount;
        double after = (total - bestTotal) / since;
        Change change = new Change(seen() - since + 1, seen(), bestTotal / bestCount, after, statistic);
        count = 0;
        total = 0;
        bestCount = 0;
        bestTotal = 0;
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
        return new StateWriter(TAG, VERSION).real(warningConfidence).real(driftConfidence);
    }

    @Override
    protected void state(StateFields fields) {
        count = fields.count(count);
        total = fields.real(total);
        bestCount = fields.count(bestCount);
        bestTotal = fields.real(bestTotal);
        statistic = fields.real(statistic);
        threshold = fields.real(threshold);
    }

    /** The detector that gave these bytes. */
    public static HddmA fromBytes(byte[] bytes) {
        StateReader in = new StateReader(NAME, bytes, TAG, VERSION);
        return restored(new HddmA(in.real(), in.real()), in);
    }
}
