package io.homeostat.drift.statistics.sequential;

import io.homeostat.drift.statistics.profile.ReferenceError;
import io.homeostat.drift.statistics.state.StateFields;
import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.util.Arrays;

/**
 * The Shiryaev–Roberts e-detector of a rising mean loss.
 *
 * <p>Idea: gamblers bet against "the mean loss is at most p̄". A bet λ multiplies its stake by e = 1 + λ (x − p̄) at each
 * loss x; one fresh unit is staked at every step: R ← (R + 1) e. While the claim holds no bet wins in the long run, so
 * E[R at step t] ≤ t; when it fails some bet grows exponentially.
 *
 * <p>Decision: weighted mean of R over the bets ≥ A. Then the expected number of losses to a false alarm is at least A, whatever
 * the losses' distribution, and however often one looks.
 *
 * <p>Parameters: p̄, the reference's rate plus one standard error; A (losses, above 1, default 100,000); five bets on a
 * rise by h = .05, .1, .2, .4, .8 standard deviations of an error at p̄: λ = h / √(p̄ (1 − p̄)), cut to .9 / p̄ so that no
 * stake turns negative. So the same bets fit a rate of 1 % and one of 40 %. Their weights are 1, 2, 3, 2, 1 ninths: the
 * middle bets are rises that are worth a re-tune and not plain at once.
 *
 * <p>When it began: beside each R the best stake since a restart is followed, W ← max(1, W e). The last restart of the
 * leading bet is the maximum-likelihood change point under that bet.
 *
 * <p>Example: errors .20 → .40 are found after about 88 losses, ADWIN needs about 150; .20 → .30 after about 280.
 *
 * <p>Reference: Shin, Ramdas, Rinaldo: E-detectors, a nonparametric framework for sequential change detection, 2022.
 */
public final class EDetector extends StatefulDetector {
    /** The name in signals. */
    public static final String NAME = "e-detector";

    /** The default of A. */
    public static final double DEFAULT_THRESHOLD = 1e5;

    private static final int TAG = 10;
    private static final int VERSION = 2;
    private static final double[] EFFECTS = {0.05, 0.1, 0.2, 0.4, 0.8};
    private static final double[] WEIGHTS = {1 / 9.0, 2 / 9.0, 3 / 9.0, 2 / 9.0, 1 / 9.0};
    private static final int BETS = EFFECTS.length;

    private final double reference;
    private final double baseline;
    private double threshold;
    // e = atZero + bet · loss
    private final double[] bets = new double[BETS];
    private final double[] atZero = new double[BETS];

    private final double[] roberts = new double[BETS];
    private final double[] best = new double[BETS];
    private final long[] restarts = new long[BETS];
    private final double[] totalAtRestart = new double[BETS];
    private double total; // of the losses since the last detection
    private double statistic;

    private EDetector(double reference, double baseline, double threshold) {
        this.reference = reference;
        this.baseline = baseline;
        this.threshold = checked(threshold);
        double deviation = Math.sqrt(baseline * (1 - baseline));
        for (int i = 0; i < BETS; i++) {
            bets[i] = Math.min(EFFECTS[i] / deviation, 0.9 / baseline);
            atZero[i] = 1 - bets[i] * baseline;
            best[i] = 1;
        }
    }

    /**
     * A detector against a reference.
     *
     * @param error the reference's rate and the labels it was taken from
     * @param threshold A: the expected number of losses to a false alarm, above 1
     */
    public static EDetector against(ReferenceError error, double threshold) {
        // the standard error of a rate pulled off 0 and 1, where it would vanish
        double pulled = (error.rate() * error.labels() + 0.5) / (error.labels() + 1);
        double baseline = error.rate() + Math.sqrt(pulled * (1 - pulled) / error.labels());
        return new EDetector(error.rate(), Math.min(0.999, Math.max(1e-6, baseline)), threshold);
    }

    /** A detector against a reference with the default threshold. */
    public static EDetector against(ReferenceError error) {
        return against(error, DEFAULT_THRESHOLD);
    }

    /** Sets A anew, when the stream turns out faster or slower than thought. */
    public void threshold(double newThreshold) {
        threshold = checked(newThreshold);
    }

    /** The mean loss that is bet against: p̄. */
    public double baseline() {
        return baseline;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    protected Detection next(double loss) {
        total += loss;
        double sum = 0;
        for (int i = 0; i < BETS; i++) {
            double e = atZero[i] + bets[i] * loss;
            double stake = (roberts[i] + 1) * e;
            roberts[i] = stake;
            sum += WEIGHTS[i] * stake;
            follow(i, best[i] * e);
        }
        statistic = sum;
        return statistic < threshold ? Detection.STABLE : drift();
    }

    private void follow(int bet, double stake) {
        if (stake > 1) {
            best[bet] = stake;
        } else {
            restart(bet);
        }
    }

    private void restart(int bet) {
        best[bet] = 1;
        restarts[bet] = seen();
        totalAtRestart[bet] = total;
    }

    private Detection drift() {
        int leader = 0;
        for (int i = 1; i < BETS; i++) {
            leader = best[i] > best[leader] ? i : leader;
        }
        long since = restarts[leader];
        double after = since == seen() ? reference : (total - totalAtRestart[leader]) / (seen() - since);
        Change change = new Change(Math.min(seen(), since + 1), seen(), reference, after, statistic);
        total = 0;
        Arrays.fill(roberts, 0);
        for (int i = 0; i < BETS; i++) {
            restart(i);
        }
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
        return new StateWriter(TAG, VERSION).real(reference).real(baseline).real(threshold);
    }

    @Override
    protected void state(StateFields fields) {
        total = fields.real(total);
        statistic = fields.real(statistic);
        fields.reals(roberts, BETS);
        fields.reals(best, BETS);
        fields.reals(totalAtRestart, BETS);
        fields.counts(restarts);
    }

    /** The detector that gave these bytes. */
    public static EDetector fromBytes(byte[] bytes) {
        StateReader in = new StateReader(NAME, bytes, TAG, VERSION);
        return restored(new EDetector(in.real(), in.real(), in.real()), in);
    }

    private static double checked(double threshold) {
        if (!(threshold > 1)) {
            throw new IllegalArgumentException(
                    "threshold: " + threshold + " is not above 1. Give the losses expected to a false alarm.");
        }
        return threshold;
    }
}
