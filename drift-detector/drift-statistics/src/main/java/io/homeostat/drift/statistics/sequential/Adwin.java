package io.homeostat.drift.statistics.sequential;

import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
 * <p>Example: errors .20 → .40 are found after about 170 losses.
 *
 * <p>Reference: Bifet, Gavaldà: Learning from time-changing data with adaptive windowing, SDM 2007.
 */
public final class Adwin implements ErrorStreamDetector {
    /** The name in signals. */
    public static final String NAME = "adwin";

    /** The default of δ. */
    public static final double DEFAULT_DELTA = 0.002;

    private static final int TAG = 11;
    private static final int VERSION = 1;
    private static final int BUCKETS = 5;
    private static final int CLOCK = 32;
    private static final int SHORTEST_PART = 5;
    private static final int GRACE = 10;

    private final double delta;
    private final List<Row> rows = new ArrayList<>();
    private long seen;
    private long width;
    private double total;
    private double squares;
    private double statistic;
    private double threshold;
    private long cutOlder; // of the last scan only, so not part of the state
    private double cutSum;
    private @Nullable Change lastChange;

    /** The buckets of one size, oldest first. */
    private static final class Row {
        private final double[] sums = new double[BUCKETS + 1];
        private final double[] squares = new double[BUCKETS + 1];
        private int size;

        void add(double sum, double square) {
            sums[size] = sum;
            squares[size++] = square;
        }

        void dropOldest(int many) {
            size -= many;
            System.arraycopy(sums, many, sums, 0, size);
            System.arraycopy(squares, many, squares, 0, size);
        }
    }

    /** A detector with a confidence δ, between 0 and 1. */
    public Adwin(double delta) {
        if (!(delta > 0 && delta < 1)) {
            throw new IllegalArgumentException("delta: " + delta + " is not in 0..1. The default is 0.002.");
        }
        this.delta = delta;
        rows.add(new Row());
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
    public Detection update(double loss) {
        if (!(loss >= 0 && loss <= 1)) {
            throw new IllegalArgumentException("loss: " + loss + " is not in 0..1. Scale and cut it first.");
        }
        seen++;
        insert(loss);
        return seen % CLOCK == 0 && width > GRACE && shrink() ? Detection.DRIFT : Detection.STABLE;
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
        rows.get(0).add(loss, 0);
        for (int r = 0; rows.get(r).size > BUCKETS; r++) {
            promote(r);
        }
    }

    private void promote(int r) {
        if (r == rows.size() - 1) {
            rows.add(new Row());
        }
        Row row = rows.get(r);
        double gap = row.sums[0] - row.sums[1];
        double square = row.squares[0] + row.squares[1] + gap * gap / (2.0 * (1L << r));
        rows.get(r + 1).add(row.sums[0] + row.sums[1], square);
        row.dropOldest(2);
    }

    /* The change lies at the clearest cut of the whole window; what the shrinking leaves begins far earlier. */
    private boolean shrink() {
        if (!hasCut()) {
            return false;
        }
        double before = cutSum / cutOlder;
        double after = (total - cutSum) / (width - cutOlder);
        lastChange = new Change(seen - width + cutOlder + 1, seen, before, after, statistic);
        double foundStatistic = statistic;
        double foundThreshold = threshold;
        do {
            dropOldestBucket();
        } while (width > GRACE && hasCut());
        statistic = foundStatistic;
        threshold = foundThreshold;
        return true;
    }

    /* Tries all cuts, oldest first; keeps the one whose gap is largest beside its bound. */
    private boolean hasCut() {
        long older = 0;
        double olderSum = 0;
        double confidence = Math.log(2 * Math.log(width) / delta);
        double variance = Math.max(0, squares / width);
        statistic = 0;
        threshold = 1;
        for (int r = rows.size() - 1; r >= 0; r--) {
            Row row = rows.get(r);
            for (int b = 0; b < row.size; b++) {
                older += 1L << r;
                olderSum += row.sums[b];
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
        int r = rows.size() - 1;
        Row row = rows.get(r);
        long size = 1L << r;
        double sum = row.sums[0];
        width -= size;
        total -= sum;
        double gap = sum / size - total / width;
        squares = Math.max(0, squares - row.squares[0] - gap * gap * size * width / (width + size));
        row.dropOldest(1);
        if (row.size == 0 && r > 0) {
            rows.remove(r);
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
        StateWriter out = new StateWriter(TAG, VERSION).real(delta).count(seen).count(width);
        out.real(total).real(squares).real(statistic).real(threshold);
        out.count(rows.size());
        for (Row row : rows) {
            out.count(row.size);
            for (int b = 0; b < row.size; b++) {
                out.real(row.sums[b]).real(row.squares[b]);
            }
        }
        Changes.write(out, lastChange);
        return out.toBytes();
    }

    /** The detector that gave these bytes. */
    public static Adwin fromBytes(byte[] bytes) {
        StateReader in = new StateReader("adwin", bytes, TAG, VERSION);
        Adwin adwin = new Adwin(in.real());
        adwin.seen = in.count();
        adwin.width = in.count();
        adwin.total = in.real();
        adwin.squares = in.real();
        adwin.statistic = in.real();
        adwin.threshold = in.real();
        adwin.rows.clear();
        int many = in.sizeIn(1, 62);
        for (int r = 0; r < many; r++) {
            Row row = new Row();
            int size = in.sizeIn(0, BUCKETS);
            for (int b = 0; b < size; b++) {
                row.add(in.real(), in.real());
            }
            adwin.rows.add(row);
        }
        adwin.lastChange = Changes.read(in);
        in.end();
        return adwin;
    }
}
