package io.homeostat.drift.statistics.sequential;

import io.homeostat.drift.statistics.profile.ReferenceError;
import io.homeostat.drift.statistics.state.StateFields;
import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;

/**
 * The Shiryaev–Roberts e-detector of a rising mean loss.
 *
 * <p>Idea: gamblers bet against "the mean loss is at most p̄". A bet λ multiplies its stake by e = 1 + λ (x − p̄) at each
 * loss x; one fresh unit is staked at every step: R ← (R + 1) e. While the claim holds no bet wins in the long run, so
 * E[R at step t] ≤ t; when it fails some bet grows exponentially.
 *
 * <p>Decision: weighted mean of R over the bets ≥ A. While the mean loss, given all before, is at most the lowest p̄, the
 * expected number of losses to a false alarm is at least A, whatever the losses' distribution, and however often one looks.
 *
 * <p>Parameters: A (losses, above 1, default 100,000); five bets on a rise by h = .05, .1, .2, .4, .8 standard deviations
 * of an error: λ = h / √(p̄ (1 − p̄)), cut to .9 / p̄ so that no stake turns negative. So the same bets fit a rate of 1 %
 * and one of 40 %. Their weights are 1, 2, 3, 2, 1 ninths: the middle bets are rises that are worth a re-tune and not
 * plain at once.
 *
 * <p>The reference is a sample, too, so each bet has a p̄ of its own: the rate that is z of its own standard errors above that
 * of the n labels (Wilson's bound), z = ln(1e5) / (2 h √n). That is as much as it needs: with a reference rate that is normal around the true rate p, with
 * deviation s = √(p (1 − p) / n), a stake of T losses is worth at most E exp(T λ (p − p̄)) = exp(−T λ z s + T² λ² s² / 2) on
 * average over references, which is at most 1 for T ≤ 2 z √n / h. So it is no win for all T ≤ ln(1e5) / h², in which bet h
 * makes 1e5 of 1 where the rise is 1½ times its own or more. A bet on a small rise lasts long and must allow much for the
 * reference; a bet on a large one is soon decided and hardly at all. With 5,000 labels z is 1.6, .8, .4, .2, .1.
 *
 * <p>When it began: beside each R the best stake since a restart is followed, W ← max(1, W e). The last restart of the
 * leading bet is the maximum-likelihood change point under that bet.
 *
 * <p>Example: errors .20 → .40 are found after about 80 losses, ADWIN needs about 150; .20 → .30 after about 255.
 *
 * <p>References: Shin, Ramdas, Rinaldo: E-detectors, a nonparametric framework for sequential change detection, 2022; Wilson:
 * Probable inference, the law of succession, and statistical inference, 1927.
 */
public final class EDetector extends StatefulDetector {
    /** The name in signals. */
    public static final String NAME = "e-detector";

    /** The default of A. */
    public static final double DEFAULT_THRESHOLD = 1e5;

    static final int TAG = 10;
    private static final int VERSION = 4;
    private static final int ONE_BASELINE = 2;

    private final double reference;
    private final long labels;
    private final Stakes stakes;
    private double threshold;

    private EDetector(double reference, long labels, double threshold) {
        this.reference = reference;
        this.labels = labels;
        this.threshold = checked(threshold);
        this.stakes = new Stakes(reference, labels);
    }

    /**
     * A detector against a reference.
     *
     * @param error the reference's rate and the labels it was taken from
     * @param threshold A: the expected number of losses to a false alarm, above 1
     */
    public static EDetector against(ReferenceError error, double threshold) {
        return new EDetector(error.rate(), error.labels(), threshold);
    }

    /** A detector against a reference with the default threshold. */
    public static EDetector against(ReferenceError error) {
        return against(error, DEFAULT_THRESHOLD);
    }

    /** Sets A anew, when the stream turns out faster or slower than thought. */
    public void threshold(double newThreshold) {
        threshold = checked(newThreshold);
    }

    ReferenceError reference() {
        return ReferenceError.ofRate(reference, labels);
    }

    /** The lowest of the mean losses that are bet against: p̄. */
    public double baseline() {
        return stakes.baseline();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    protected Detection next(double loss) {
        stakes.bet(loss, seen());
        return stakes.most() < threshold || stakes.tighten() < threshold ? Detection.STABLE : drift();
    }

    private Detection drift() {
        long index = Math.min(seen(), stakes.since() + 1);
        Change change = new Change(index, seen(), reference, stakes.mean(reference), stakes.won());
        stakes.clear(seen());
        return found(change);
    }

    @Override
    public double statistic() {
        return statisticWhenFound().orElseGet(stakes::won);
    }

    @Override
    public double threshold() {
        return threshold;
    }

    @Override
    protected StateWriter parameters() {
        return new StateWriter(TAG, VERSION).real(reference).count(labels).real(threshold);
    }

    @Override
    protected void state(StateFields fields) {
        stakes.state(fields);
    }

    /** The detector that gave these bytes; one of an older layout begins anew against its reference. */
    public static EDetector fromBytes(byte[] bytes) {
        StateReader in = new StateReader(NAME, bytes, TAG, ONE_BASELINE, VERSION);
        if (in.version() > ONE_BASELINE) {
            EDetector detector = new EDetector(in.real(), in.count(), in.real());
            return in.version() == VERSION ? restored(detector, in) : detector;
        }
        double rate = in.real();
        double error = Math.max(1e-6, in.real() - rate); // one standard error was added
        return new EDetector(rate, Math.max(1, Math.round(rate * (1 - rate) / (error * error))), in.real());
    }

    static double checked(double threshold) {
        if (!(threshold > 1)) {
            throw new IllegalArgumentException(
                    "threshold: " + threshold + " is not above 1. Give the losses expected to a false alarm.");
        }
        return threshold;
    }
}
