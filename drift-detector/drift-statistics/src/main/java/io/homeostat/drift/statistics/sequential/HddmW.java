package io.homeostat.drift.statistics.sequential;

import io.homeostat.drift.statistics.state.StateFields;
import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;

/**
 * HDDM-W: the weighted mean of the losses since the best point against that at the best point, by McDiarmid's inequality.
 *
 * <p>Idea: an average m ← λ x + (1 − λ) m with the squared weights v ← λ² + (1 − λ)² v; the best point is where m + √(½ v
 * ln(1/α)) was lowest, and a second average starts after it.
 *
 * <p>Decision: m₂ − m₁ &gt; √(½ (v₁ + v₂) ln(1/α)), a warning at α_w, a change at α_d; then all starts anew. Only a rise is
 * found. The change is placed after the best point, often far too early.
 *
 * <p>Parameters: λ, the weight of the newest loss (0–1, default .05); α_w (0–1, default .005); α_d (below α_w, default
 * .001), each the chance of a false alarm of one comparison, not of the stream. v has a floor of about λ/2, so at the
 * defaults a rise below about .4 is found by luck only; at a rate of .1 or less it is blind to a doubling.
 *
 * <p>Example: errors .20 → .60 are found after about 21 losses.
 *
 * <p>Reference: Frías-Blanco et al.: Online and non-parametric drift detection methods based on Hoeffding's bounds, 2015.
 */
public final class HddmW extends StatefulDetector {
    /** The name in signals. */
    public static final String NAME = "hddm-w";

    private static final int TAG = 16;
    private static final int VERSION = 1;

    private final double lambda;
    private final double warningConfidence;
    private final double driftConfidence;
    private final double warningLog;
    private final double driftLog;
    private long count; // since the last detection
    private double mean;
    private double weights;
    private double bestMean;
    private double bestWeights;
    private double bestUpper;
    private long laterCount; // since the best point
    private double laterMean;
    private double laterWeights;
    private double laterTotal;
    private double statistic;
    private double threshold = 1;

    /**
     * A detector.
     *
     * @param lambda λ, 0 to 1
     * @param warningConfidence α_w, 0 to 1
     * @param driftConfidence α_d, 0 to α_w
     */
    public HddmW(double lambda, double warningConfidence, double driftConfidence) {
        this.lambda = between(0, lambda, 1, "lambda", "The default is .05.");
        this.warningConfidence = between(0, warningConfidence, 1, "warningConfidence", "The default is .005.");
        this.driftConfidence =
                between(0, driftConfidence, warningConfidence, "driftConfidence", "The default is .001, below .005.");
        warningLog = Math.log(1 / warningConfidence);
        driftLog = Math.log(1 / driftConfidence);
    }

    /** A detector with the defaults. */
    public HddmW() {
        this(0.05, 0.005, 0.001);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    protected Detection next(double loss) {
        count++;
        mean = count == 1 ? loss : average(mean, loss);
        weights = count == 1 ? 1 : decayed(weights);
        double upper = mean + Math.sqrt(0.5 * weights * driftLog);
        if (count == 1 || upper < bestUpper) {
            bestMean = mean;
            bestWeights = weights;
            bestUpper = upper;
            laterCount = 0;
            laterTotal = 0;
            statistic = 0;
            return Detection.STABLE;
        }
        laterCount++;
        laterTotal += loss;
        laterMean = laterCount == 1 ? loss : average(laterMean, loss);
        laterWeights = laterCount == 1 ? 1 : decayed(laterWeights);
        statistic = Math.max(0, laterMean - bestMean);
        threshold = bound(driftLog);
        if (statistic > threshold) {
            return drift();
        }
        return statistic > bound(warningLog) ? Detection.WARNING : Detection.STABLE;
    }

    private double average(double before, double loss) {
        return lambda * loss + (1 - lambda) * before;
    }

    private double decayed(double squaredWeights) {
        return lambda * lambda + (1 - lambda) * (1 - lambda) * squaredWeights;
    }

    private double bound(double log) {
        return Math.sqrt(0.5 * (bestWeights + laterWeights) * log);
    }

    private Detection drift() {
        double after = laterTotal / laterCount;
        Change change = new Change(seen() - laterCount + 1, seen(), bestMean, after, statistic);
        count = 0;
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
        return new StateWriter(TAG, VERSION)
                .real(lambda)
                .real(warningConfidence)
                .real(driftConfidence);
    }

    @Override
    protected void state(StateFields fields) {
        count = fields.count(count);
        mean = fields.real(mean);
        weights = fields.real(weights);
        bestMean = fields.real(bestMean);
        bestWeights = fields.real(bestWeights);
        bestUpper = fields.real(bestUpper);
        laterCount = fields.count(laterCount);
        laterMean = fields.real(laterMean);
        laterWeights = fields.real(laterWeights);
        laterTotal = fields.real(laterTotal);
        statistic = fields.real(statistic);
        threshold = fields.real(threshold);
    }

    /** The detector that gave these bytes. */
    public static HddmW fromBytes(byte[] bytes) {
        StateReader in = new StateReader(NAME, bytes, TAG, VERSION);
        return restored(new HddmW(in.real(), in.real(), in.real()), in);
    }
}
