package io.homeostat.drift.statistics.sequential;

import io.homeostat.drift.statistics.profile.ReferenceError;
import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The Shiryaev–Roberts e-detector of a rising mean loss.
 *
 * <p>Idea: gamblers bet against "the mean loss is at most p̄". A bet λ multiplies its stake by e = 1 + λ (x − p̄) at each
 * loss x; one fresh unit is staked at every step: R ← (R + 1) e. While the claim holds no bet wins in the long run, so
 * E[R at step t] ≤ t; when it fails some bet grows exponentially.
 *
 * <p>Decision: mean of R over the bets ≥ A. Then the expected number of losses to a false alarm is at least A, whatever
 * the losses' distribution, and however often one looks.
 *
 * <p>Parameters: p̄, the reference's rate plus one standard error; A (losses, above 1); bets λ = .15, .3, .6, 1.2, 2.4,
 * each cut to .9 / p̄ so that no stake turns negative.
 *
 * <p>When it began: beside each R the best stake since a restart is followed, W ← max(1, W e). The last restart of the
 * leading bet is the maximum-likelihood change point under that bet.
 *
 * <p>Example: errors .20 → .40 with A = 100,000 are found after about 100 losses; ADWIN needs about 170.
 *
 * <p>Reference: Shin, Ramdas, Rinaldo: E-detectors, a nonparametric framework for sequential change detection, 2022.
 */
public final class EDetector implements ErrorStreamDetector {
    /** The name in signals. */
    public static final String NAME = "e-detector";

    private static final int TAG = 10;
    private static final int VERSION = 1;
    private static final double[] BETS = {0.15, 0.3, 0.6, 1.2, 2.4};

    private final double baseline;
    private final double reference;
    private double threshold;
    private final double[] bets = new double[BETS.length];
    private final double[] roberts = new double[BETS.length];
    private final double[] best = new double[BETS.length];
    private final double[] sums = new double[BETS.length];
    private final long[] restarts = new long[BETS.length];
    private long seen;
    private double statistic;
    private @Nullable Change lastChange;

    private EDetector(double reference, double baseline, double threshold) {
        this.reference = reference;
        this.baseline = baseline;
        this.threshold = checked(threshold);
        for (int i = 0; i < BETS.length; i++) {
            bets[i] = Math.min(BETS[i], 0.9 / baseline);
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
    public Detection update(double loss) {
        if (!(loss >= 0 && loss <= 1)) {
            throw new IllegalArgumentException("loss: " + loss + " is not in 0..1. Scale and cut it first.");
        }
        seen++;
        double sum = 0;
        for (int i = 0; i < bets.length; i++) {
            double e = 1 + bets[i] * (loss - baseline);
            roberts[i] = (roberts[i] + 1) * e;
            sum += roberts[i];
            follow(i, e, loss);
        }
        statistic = sum / bets.length;
        if (statistic < threshold) {
            return Detection.STABLE;
        }
        lastChange = change();
        restart();
        return Detection.DRIFT;
    }

    private void follow(int bet, double e, double loss) {
        best[bet] *= e;
        sums[bet] += loss;
        if (best[bet] <= 1) {
            best[bet] = 1;
            sums[bet] = 0;
            restarts[bet] = seen;
        }
    }

    private Change change() {
        int leader = 0;
        for (int i = 1; i < bets.length; i++) {
            leader = best[i] > best[leader] ? i : leader;
        }
        long since = restarts[leader];
        double after = since == seen ? reference : sums[leader] / (seen - since);
        return new Change(Math.min(seen, since + 1), seen, reference, after, statistic);
    }

    private void restart() {
        for (int i = 0; i < bets.length; i++) {
            roberts[i] = 0;
            best[i] = 1;
            sums[i] = 0;
            restarts[i] = seen;
        }
    }

    @Override
    public long seen() {
        return seen;
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
    public Optional<Change> lastChange() {
        return Optional.ofNullable(lastChange);
    }

    @Override
    public byte[] toBytes() {
        StateWriter out =
                new StateWriter(TAG, VERSION).real(reference).real(baseline).real(threshold);
        out.count(seen).real(statistic).reals(roberts).reals(best).reals(sums).counts(restarts);
        Changes.write(out, lastChange);
        return out.toBytes();
    }

    /** The detector that gave these bytes. */
    public static EDetector fromBytes(byte[] bytes) {
        StateReader in = new StateReader("e-detector", bytes, TAG, VERSION);
        EDetector detector = new EDetector(in.real(), in.real(), in.real());
        detector.seen = in.count();
        detector.statistic = in.real();
        System.arraycopy(in.reals(), 0, detector.roberts, 0, BETS.length);
        System.arraycopy(in.reals(), 0, detector.best, 0, BETS.length);
        System.arraycopy(in.reals(), 0, detector.sums, 0, BETS.length);
        System.arraycopy(in.counts(), 0, detector.restarts, 0, BETS.length);
        detector.lastChange = Changes.read(in);
        in.end();
        return detector;
    }

    private static double checked(double threshold) {
        if (!(threshold > 1)) {
            throw new IllegalArgumentException(
                    "threshold: " + threshold + " is not above 1. Give the losses expected to a false alarm.");
        }
        return threshold;
    }
}
