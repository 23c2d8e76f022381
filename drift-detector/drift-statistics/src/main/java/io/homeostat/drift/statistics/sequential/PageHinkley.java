package io.homeostat.drift.statistics.sequential;

import io.homeostat.drift.statistics.state.StateFields;
import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;

/**
 * Page–Hinkley: a fading cumulative sum of how far losses lie above their running mean.
 *
 * <p>Idea: S ← max(0, α S + x − x̄ − δ) stays near 0 while the mean stays and rises by the gap per loss after a rise.
 *
 * <p>Decision: S &gt; λ after at least 30 losses; then all starts anew. Only a rise is found. The change is placed after
 * the last loss at which S was 0, which is often far too early, as S falls by only δ per loss.
 *
 * <p>Parameters: δ, the rise that is tolerated (0–1, default .005); λ, the threshold in units of the loss, so 50 is 50
 * errors too many (above 0, default 50); α, how much of S is kept per loss (above 0, at most 1, default .9999). The
 * fading caps S at (gap − δ) / (1 − α): with the defaults a rise below .01 is never found. There is no bound on false
 * alarms.
 *
 * <p>Example: errors .20 → .60 are found after about 107 losses.
 *
 * <p>Reference: Page: Continuous inspection schemes, Biometrika 1954; Hinkley 1971.
 */
public final class PageHinkley extends StatefulDetector {
    /** The name in signals. */
    public static final String NAME = "page-hinkley";

    private static final int TAG = 12;
    private static final int VERSION = 1;
    private static final int LEAST_LOSSES = 30;

    private final double delta;
    private final double lambda;
    private final double alpha;
    private long count; // since the last detection
    private double total;
    private double mean;
    private double statistic;
    private long countAtZero;
    private double totalAtZero;

    /**
     * A detector.
     *
     * @param delta δ, 0 to 1
     * @param lambda λ, above 0
     * @param alpha α, above 0, at most 1
     */
    public PageHinkley(double delta, double lambda, double alpha) {
        this.delta = between(-Double.MIN_VALUE, delta, 1, "delta", "The default is 0.005.");
        this.lambda = between(0, lambda, Double.POSITIVE_INFINITY, "lambda", "The default is 50.");
        this.alpha = between(0, alpha, Math.nextUp(1.0), "alpha", "The default is 0.9999.");
    }

    /** A detector with the defaults. */
    public PageHinkley() {
        this(0.005, 50, 0.9999);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    protected Detection next(double loss) {
        count++;
        total += loss;
        mean += (loss - mean) / count;
        statistic = Math.max(0, alpha * statistic + loss - mean - delta);
        if (statistic == 0) {
            countAtZero = count;
            totalAtZero = total;
        }
        return statistic > lambda && count >= LEAST_LOSSES ? drift() : Detection.STABLE;
    }

    private Detection drift() {
        long since = count - countAtZero;
        double before = countAtZero == 0 ? 0 : totalAtZero / countAtZero;
        double after = (total - totalAtZero) / since;
        Change change = new Change(seen() - since + 1, seen(), before, after, statistic);
        count = 0;
        total = 0;
        mean = 0;
        statistic = 0;
        countAtZero = 0;
        totalAtZero = 0;
        return found(change);
    }

    @Override
    public double statistic() {
        return statistic;
    }

    @Override
    public double threshold() {
        return lambda;
    }

    @Override
    protected StateWriter parameters() {
        return new StateWriter(TAG, VERSION).real(delta).real(lambda).real(alpha);
    }

    @Override
    protected void state(StateFields fields) {
        count = fields.count(count);
        total = fields.real(total);
        mean = fields.real(mean);
        statistic = fields.real(statistic);
        countAtZero = fields.count(countAtZero);
        totalAtZero = fields.real(totalAtZero);
    }

    /** The detector that gave these bytes. */
    public static PageHinkley fromBytes(byte[] bytes) {
        StateReader in = new StateReader(NAME, bytes, TAG, VERSION);
        return restored(new PageHinkley(in.real(), in.real(), in.real()), in);
    }
}
