package io.homeostat.drift.statistics.sequential;

import io.homeostat.drift.statistics.state.StateFields;
import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.util.Arrays;

/**
 * ADWIN: a window that is as long as its mean stays the same.
 *
 * <p>Idea: the losses since the last change are kept as an exponential histogram, row r holding at most five buckets of
 * 2<sup>r</sup> losses (sum and squared deviation); a sixth merges the two oldest upward. Every 32 losses all cuts into
 * an older and a newer part are tried, the newest bucket included.
 *
 * <p>Decision: |μ₀ − μ₁| &gt; √(2 m σ² δ′) + ⅔ δ′ m with δ′ = ln(2 ln W / δ), m = 1/(n₀−4) + 1/(n₁−4); then the oldest
 * bucket is dropped and the cuts are tried again.
 *
 * <p>Parameters: δ (0–1, default .002). Parts shorter than 5 and windows shorter than 10 are not cut. Both a rise and a
 * fall are found: see {@link Change#isIncrease()}.
 *
 * <p>Example: errors .20 → .40 are found after about 150 losses.
 *
 * <p>Reference: Bifet, Gavaldà: Learning from time-changing data with adaptive windowing, SDM 2007.
 */
public final class Adwin extends StatefulDetector {
    /** The name in signals. */
    public static final String NAME = "adwin";

    /** The default of δ. */
    public static final double DEFAULT_DELTA = 0.002;

    private static final int TAG = 11;
    private static final int VERSION = 2;
    private static final int BUCKETS = 5;
    private static final int SLOTS = BUCKETS + 1; // a row is one over its size until it is merged upward
    private static final int MOST_ROWS = 62;
    private static final int CLOCK = 32;
    private static final int SHORTEST_PART = 5;
    private static final int GRACE = 10;

    private double delta;
    // row r: sizes[r] buckets from r · SLOTS on, oldest first
    private int rows = 1;
    private int[] sizes = new int[8];
    private double[] sums = new double[8 * SLOTS];
    private double[] deviations = new double[8 * SLOTS];
    private long width;
    private double total;
    private double squares;
    private double statistic;
    private double threshold;
    private long cutOlder; // of the last scan only, so not part of the state
    private double cutSum;

    /** A detector with a confidence δ, between 0 and 1. */
    public Adwin(double delta) {
        this.delta = checked(delta);
    }

    /** Sets δ anew, when the stream turns out faster or slower than thought. */
    public void delta(double newDelta) {
        delta = checked(newDelta);
    }

    private static double checked(double delta) {
        return between(0, delta, 1, "delta", "The default is 0.002.");
    }

    /** A detector with the default δ. */
    public Adwin() {
        this(DEFAULT_DELTA);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    protected Detection next(double loss) {
        insert(loss);
        return seen() % CLOCK == 0 && width > GRACE && hasCut() ? shrink() : Detection.STABLE;
    }

    /** How many losses the window holds. */
    public long width() {
        return width;
    }

    /** The mean of the window; 0 if it is empty. */
    public double mean() {
        return width == 0 ? 0 : total / width;
    }

    private void insert(double loss) {
        if (width > 0) {
            double gap = loss - total / width;
            squares += gap * gap * width / (width + 1);
        }
        width++;
        total += loss;
        add(0, loss, 0);
        for (int r = 0; sizes[r] > BUCKETS; r++) {
            promote(r);
        }
    }

    private void add(int r, double sum, double deviation) {
        int slot = r * SLOTS + sizes[r]++;
        sums[slot] = sum;
        deviations[slot] = deviation;
    }

    /* Merges the two oldest buckets of a row into one of the next. */
    private void promote(int r) {
        if (r == rows - 1) {
            openRow();
        }
        int first = r * SLOTS;
        double gap = sums[first] - sums[first + 1];
        double deviation = deviations[first] + deviations[first + 1] + gap * gap / (2.0 * (1L << r));
        add(r + 1, sums[first] + sums[first + 1], deviation);
        dropOldest(r, 2);
    }

    private void openRow() {
        if (rows == sizes.length) {
            sizes = Arrays.copyOf(sizes, 2 * rows);
            sums = Arrays.copyOf(sums, 2 * rows * SLOTS);
            deviations = Arrays.copyOf(deviations, 2 * rows * SLOTS);
        }
        sizes[rows++] = 0;
    }

    private void dropOldest(int r, int many) {
        sizes[r] -= many;
        int first = r * SLOTS;
        for (int slot = first; slot < first + sizes[r]; slot++) {
            sums[slot] = sums[slot + many];
            deviations[slot] = deviations[slot + many];
        }
    }

    /* The change lies at the clearest cut of the whole window; what the shrinking leaves begins far earlier. */
    private Detection shrink() {
        double before = cutSum / cutOlder;
        double after = (total - cutSum) / (width - cutOlder);
        Change change = new Change(seen() - width + cutOlder + 1, seen(), before, after, statistic);
        double foundStatistic = statistic;
        double foundThreshold = threshold;
        do {
            dropOldestBucket();
        } while (width > GRACE && hasCut());
        statistic = foundStatistic;
        threshold = foundThreshold;
        return found(change);
    }

    /* Tries all cuts, oldest first; keeps the one whose gap is largest beside its bound. */
    private boolean hasCut() {
        long older = 0;
        double olderSum = 0;
        double confidence = Math.log(2 * Math.log((double) width) / delta);
        double variance = Math.max(0, squares / width);
        statistic = 0;
        threshold = 1;
        for (int r = rows - 1; r >= 0; r--) {
            int first = r * SLOTS;
            for (int slot = first; slot < first + sizes[r]; slot++) {
                older += 1L << r;
                olderSum += sums[slot];
                long newer = width - older;
                if (newer < SHORTEST_PART) {
                    return statistic > threshold;
                }
                if (older >= SHORTEST_PART) {
                    tryCut(older, olderSum, newer, variance, confidence);
                }
            }
        }
        return statistic > threshold;
    }

    private void tryCut(long n0, double sum0, long n1, double variance, double confidence) {
        double m = 1.0 / (n0 - SHORTEST_PART + 1) + 1.0 / (n1 - SHORTEST_PART + 1);
        double bound = Math.sqrt(2 * m * variance * confidence) + 2.0 / 3 * confidence * m;
        double gap = Math.abs(sum0 / n0 - (total - sum0) / n1);
        if (gap * threshold > statistic * bound) {
            statistic = gap;
            threshold = bound;
            cutOlder = n0;
            cutSum = sum0;
        }
    }

    private void dropOldestBucket() {
        int r = rows - 1;
        long size = 1L << r;
        double sum = sums[r * SLOTS];
        double deviation = deviations[r * SLOTS];
        width -= size;
        total -= sum;
        double gap = sum / size - total / width;
        squares = Math.max(0, squares - deviation - gap * gap * size * width / (width + size));
        dropOldest(r, 1);
        if (sizes[r] == 0 && r > 0) {
            rows--;
        }
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
        return new StateWriter(TAG, VERSION).real(delta);
    }

    @Override
    protected void state(StateFields fields) {
        width = fields.count(width);
        total = fields.real(total);
        squares = fields.real(squares);
        statistic = fields.real(statistic);
        threshold = fields.real(threshold);
        int many = fields.size(rows, MOST_ROWS);
        while (rows < many) {
            openRow();
        }
        for (int r = 0; r < many; r++) {
            sizes[r] = fields.size(sizes[r], BUCKETS);
            for (int slot = r * SLOTS; slot < r * SLOTS + sizes[r]; slot++) {
                sums[slot] = fields.real(sums[slot]);
                deviations[slot] = fields.real(deviations[slot]);
            }
        }
    }

    /** The detector that gave these bytes. */
    public static Adwin fromBytes(byte[] bytes) {
        StateReader in = new StateReader(NAME, bytes, TAG, VERSION);
        return restored(new Adwin(in.real()), in);
    }
}
