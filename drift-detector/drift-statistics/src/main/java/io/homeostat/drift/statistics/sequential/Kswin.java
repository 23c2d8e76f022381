package io.homeostat.drift.statistics.sequential;

import io.homeostat.drift.statistics.state.SplitMix;
import io.homeostat.drift.statistics.state.StateFields;
import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.util.Arrays;

/**
 * KSWIN: the newest losses of a window against a sample of its older ones, by the Kolmogorov–Smirnov test.
 *
 * <p>Idea: a window holds the last w losses; at each loss the newest r are compared with r drawn without replacement from
 * the w − r older ones. The draw is seeded and its state is in the bytes.
 *
 * <p>Decision: D = sup |F₁ − F₂| ≥ k / r, the smallest such value with an exact p-value P(D ≥ k / r) ≤ α, and D &gt; .1,
 * so that a trifle in a large window is no change; then only the newest r stay. Rises and falls, and other changes of the
 * distribution, are found.
 *
 * <p>Parameters: w (above 2r, default 100), r (at least 2, default 30), α (0–1, default .005, of one test; there is a test per
 * loss, so a false alarm is a matter of time), a seed. With the defaults D must reach 14/30: of errors, a rise by .47.
 *
 * <p>Example: 100 losses of 0, then ones: found at the 14th. Of rises .20 → .60 of an error rate 43 of 50 are found within 70
 * losses, the others by luck thousands later, once the window holds nothing older: use it for losses between 0 and 1.
 *
 * <p>Reference: Raab, Heusinger, Schleif: Reactive soft prototype computing for concept drift streams, 2020.
 */
public final class Kswin extends StatefulDetector {
    /** The name in signals. */
    public static final String NAME = "kswin";

    private static final int TAG = 17;
    private static final int VERSION = 1;
    private static final int MOST_LOSSES = 100_000;
    private static final double LEAST_EFFECT = 0.1;

    private final double alpha;
    private final int recent;
    private final int critical;
    private final double[] window; // oldest first
    private final double[] drawn; // scratch
    private final double[] newest; // scratch
    private int size;
    private long coin;
    private double statistic;

    /**
     * A detector.
     *
     * @param alpha α, 0 to 1
     * @param window w, above 2r, at most 100,000
     * @param recent r, at least 2
     * @param seed of the draws
     */
    public Kswin(double alpha, int window, int recent, long seed) {
        if (recent < 2 || window <= 2 * recent || window > MOST_LOSSES) {
            throw new IllegalArgumentException("window " + window + ", recent " + recent
                    + ": the window must be above twice the recent losses and at most 100000, these at least 2."
                    + " The defaults are 100 and 30.");
        }
        this.alpha = between(0, alpha, 1, "alpha", "The default is .005.");
        this.recent = recent;
        this.critical = critical(recent, alpha);
        this.window = new double[window];
        this.drawn = new double[window - recent];
        this.newest = new double[recent];
        this.coin = seed;
    }

    /** A detector with the defaults. */
    public Kswin() {
        this(0.005, 100, 30, 42);
    }

    /* The smallest k with P(D ≥ k / n) ≤ α, by the exact null distribution of two samples of n (Gnedenko, Korolyuk). */
    private static int critical(int n, double alpha) {
        int k = (int) Math.floor(LEAST_EFFECT * n) + 1;
        while (k <= n && tail(n, k) > alpha) {
            k++;
        }
        if (k > n) {
            throw new IllegalArgumentException("alpha: " + alpha + " is out of reach of two samples of " + n
                    + ". Give a larger recent part or a larger alpha.");
        }
        return k;
    }

    private static double tail(int n, int k) {
        double sum = 0;
        double term = 1; // C(2n, n − j) / C(2n, n) at j = i k
        double sign = 2;
        for (int j = 1; j <= n; j++) {
            term *= (n - j + 1.0) / (n + j);
            if (j % k == 0) {
                sum += sign * term;
                sign = -sign;
            }
        }
        return sum;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    protected Detection next(double loss) {
        if (size == window.length) {
            System.arraycopy(window, 1, window, 0, --size);
        }
        window[size++] = loss;
        if (size < window.length) {
            return Detection.STABLE;
        }
        draw();
        System.arraycopy(window, size - recent, newest, 0, recent);
        Arrays.sort(newest);
        int distance = distance();
        statistic = (double) distance / recent;
        return distance >= critical ? drift() : Detection.STABLE;
    }

    /* The first r places of drawn become a sample without replacement of the older losses, sorted. */
    private void draw() {
        System.arraycopy(window, 0, drawn, 0, drawn.length);
        for (int i = 0; i < recent; i++) {
            coin = SplitMix.next(coin);
            int other = i + (int) Long.remainderUnsigned(SplitMix.bits(coin), drawn.length - i);
            double taken = drawn[other];
            drawn[other] = drawn[i];
            drawn[i] = taken;
        }
        Arrays.sort(drawn, 0, recent);
    }

    /* r D: how far the two counts of losses up to a value are apart at most. */
    private int distance() {
        int most = 0;
        int i = 0;
        int j = 0;
        while (i < recent && j < recent) {
            double value = Math.min(drawn[i], newest[j]);
            while (i < recent && drawn[i] == value) {
                i++;
            }
            while (j < recent && newest[j] == value) {
                j++;
            }
            most = Math.max(most, Math.abs(i - j));
        }
        return most;
    }

    private Detection drift() {
        double before = mean(0, size - recent);
        double after = mean(size - recent, size);
        Change change = new Change(seen() - recent + 1, seen(), before, after, statistic);
        System.arraycopy(window, size - recent, window, 0, recent);
        size = recent;
        return found(change);
    }

    private double mean(int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += window[i];
        }
        return sum / (to - from);
    }

    @Override
    public double statistic() {
        return statistic;
    }

    @Override
    public double threshold() {
        return (double) critical / recent;
    }

    @Override
    protected StateWriter parameters() {
        return new StateWriter(TAG, VERSION).real(alpha).count(window.length).count(recent);
    }

    @Override
    protected void state(StateFields fields) {
        coin = fields.fixed(coin);
        statistic = fields.real(statistic);
        size = fields.size(size, window.length);
        fields.reals(window, size);
    }

    /** The detector that gave these bytes. */
    public static Kswin fromBytes(byte[] bytes) {
        StateReader in = new StateReader(NAME, bytes, TAG, VERSION);
        return restored(new Kswin(in.real(), in.sizeIn(5, MOST_LOSSES), in.sizeIn(2, MOST_LOSSES), 0), in);
    }
}
