package io.homeostat.drift.statistics.profile;

import io.homeostat.drift.statistics.state.SplitMix;
import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Quantiles and ranks of a stream in a few kilobytes, mergeable, and the same bytes for the same updates.
 *
 * <p>Idea: a ladder of buffers. Level <i>h</i> holds values that each stand for 2<sup>h</sup> values of the stream. A
 * full buffer is sorted and every second value is promoted; a coin says whether the odd or the even ones. The coin's
 * state is part of the sketch: a replay after a crash gives the same sketch. Below the five largest levels there is but one
 * buffer, of 256 values, of which every second, fourth, eighth or sixteenth is promoted right to them: one sort in place of
 * several small ones and their merges, and less noise, as one coin is tossed for all values of a block.
 *
 * <p>Bound: with probability .99 a rank is off by at most {@link #rankError()}, 2.296 / k<sup>.9723</sup>: .68 % of n
 * at k = 400; nothing was lost, and ranks are exact, until the first compaction. Values are kept as floats (about seven
 * digits); minimum and maximum are exact.
 *
 * <p>Parameters: k (8–32768, default 400) and a seed. Cost: O(log k) amortised per update, about 3k floats.
 *
 * <p>Example: {@code s.update(v)} for 1..1000 gives {@code s.quantile(.5)} between 493 and 507.
 *
 * <p>Reference: Karnin, Lang, Liberty: Optimal quantile approximation in streams, FOCS 2016.
 */
public final class QuantileSketch {
    /** The default of k. */
    public static final int DEFAULT_K = 400;

    private static final String WHAT = "quantile sketch";
    private static final int TAG = 1;
    private static final int VERSION = 1;
    private static final int SMALLEST_K = 8;
    private static final int SMALLEST_LEVEL = 16;
    private static final int SKIPPED_LEVEL = 2;
    private static final int HIGHEST_SKIP = 4;
    private static final int LARGE_LEVELS = 5;
    private static final int BLOCK = 256;
    private static final int MOST_LEVELS = 56;

    private static final float[] NOTHING = {};

    private final int k;
    private long coin;
    private long n;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private float[][] items;
    private int[] sizes;
    private int[] capacities;
    private int retained;
    private int capacity;
    private @Nullable SortedValues sorted;

    /**
     * An empty sketch.
     *
     * @param k accuracy, 8 to 32768: more is finer and larger
     * @param seed of the compaction coin
     */
    public QuantileSketch(int k, long seed) {
        if (k < SMALLEST_K || k > 32768) {
            throw new IllegalArgumentException("k: " + k + " is not in 8..32768. The default is 400.");
        }
        this.k = k;
        this.coin = seed;
        this.items = new float[][] {NOTHING}; // many are never filled, as those of a shape
        this.sizes = new int[1];
        this.capacities = new int[0];
        resizeCapacities();
    }

    /** An empty sketch with the default accuracy. */
    public static QuantileSketch seeded(long seed) {
        return new QuantileSketch(DEFAULT_K, seed);
    }

    /**
     * A sketch for comparing only: of a distribution known by its quantiles, in as many rows as it is worth.
     *
     * @param quantiles evenly spaced, rising, at most 400; none if there are no rows
     * @param n rows it is worth
     */
    static QuantileSketch ofQuantiles(double[] quantiles, long n) {
        QuantileSketch sketch = seeded(0);
        sketch.addLevel(); // ranks are not exact, and rankError() says so
        for (double quantile : quantiles) {
            sketch.append(1, narrow(quantile));
            sketch.min = Math.min(sketch.min, quantile);
            sketch.max = Math.max(sketch.max, quantile);
        }
        sketch.retained = quantiles.length;
        sketch.n = quantiles.length == 0 ? 0 : n;
        return sketch;
    }

    /** Adds a value; NaN and infinities are refused. */
    public void update(double value) {
        update(new double[] {checked(value)}, 1);
    }

    /** A value that is neither NaN nor infinite. */
    static double checked(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("value: " + value + " is not a finite number. Count it as missing.");
        }
        return value;
    }

    /** Adds the first so many of some finite values, which is the same as adding each. */
    void update(double[] values, int count) {
        for (int at = 0; at < count; ) {
            if (retained >= capacity) {
                compactOnce();
            }
            int end = Math.min(count, at + Math.max(1, capacity - retained));
            append(values, at, end);
            at = end;
        }
        n += count;
        sorted = null;
    }

    private void append(double[] values, int start, int end) {
        int size = sizes[0];
        int grown = size + end - start;
        if (grown > items[0].length) {
            items[0] = Arrays.copyOf(items[0], grownRoom(0, grown));
        }
        float[] target = items[0];
        double low = min;
        double high = max;
        for (int i = start; i < end; i++) {
            double value = values[i];
            target[size++] = narrow(value);
            low = value < low ? value : low;
            high = value > high ? value : high;
        }
        min = low;
        max = high;
        retained += end - start;
        sizes[0] = size;
    }

    /** Whether another one has the same k. */
    boolean merges(QuantileSketch other) {
        return other.k == k;
    }

    /** Adds everything that another sketch of the same k saw. */
    public void merge(QuantileSketch other) {
        if (!merges(other)) {
            throw new IllegalArgumentException("k: " + other.k + " cannot be merged into " + k + ".");
        }
        float[][] theirs = other.items;
        int[] theirSizes = other.sizes.clone();
        while (sizes.length < theirSizes.length) {
            addLevel();
        }
        for (int level = 0; level < theirSizes.length; level++) {
            if (level == 0) {
                for (int i = 0; i < theirSizes[0]; i++) {
                    append(0, theirs[0][i]);
                }
            } else {
                mergeSorted(level, theirs[level].clone(), 0, 1, theirSizes[level]);
            }
            retained += theirSizes[level];
        }
        n += other.n;
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
        while (retained > capacity) {
            compactOnce();
        }
        sorted = null;
    }

    /** How many values were added. */
    public long n() {
        return n;
    }

    /** The smallest value; positive infinity if there is none. */
    public double min() {
        return min;
    }

    /** The largest value; negative infinity if there is none. */
    public double max() {
        return max;
    }

    /** How many floats are held. */
    public int retained() {
        return retained;
    }

    /** How far a rank may be off (probability .99), as a share of n; 0 while nothing was compacted. */
    public double rankError() {
        return sizes.length == 1 ? 0 : 2.296 / Math.pow(k, 0.9723);
    }

    /** The share of values at or below {@code value}; 0 if there is none. */
    public double rank(double value) {
        return n == 0 ? 0 : sorted().rank(narrow(value));
    }

    /** The shares at or below each of the points. */
    public double[] cdf(double[] points) {
        return Arrays.stream(points).map(this::rank).toArray();
    }

    /**
     * The smallest value kept that at least {@code share} of all values do not exceed.
     *
     * @param share 0 (minimum) to 1 (maximum)
     */
    public double quantile(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share: " + share + " is not in 0..1.");
        }
        if (n == 0) {
            throw new IllegalStateException("quantile: the sketch is empty. Ask n() first.");
        }
        if (share == 0 || share == 1) {
            return share == 0 ? min : max;
        }
        return Math.min(max, Math.max(min, sorted().quantile(share)));
    }

    /** The largest difference between the ranks of two sketches: the Kolmogorov–Smirnov distance D. */
    public double distance(QuantileSketch other) {
        return n == 0 || other.n == 0 ? 0 : sorted().distance(other.sorted());
    }

    /** The state as bytes: equal for equal sequences of updates and merges. */
    public byte[] toBytes() {
        StateWriter out = new StateWriter(TAG, VERSION);
        write(out);
        return out.toBytes();
    }

    /** Writes the state inside another one. */
    void writeIn(StateWriter out) {
        out.state(TAG, VERSION, this::write);
    }

    private void write(StateWriter out) {
        out.count(k).fixed(coin).count(n).real(min).real(max).count(sizes.length);
        for (int level = 0; level < sizes.length; level++) {
            out.count(sizes[level]);
            for (int i = 0; i < sizes[level]; i++) {
                out.real(items[level][i]);
            }
        }
    }

    /** The sketch that gave these bytes; it goes on exactly as that one would have. */
    public static QuantileSketch fromBytes(byte[] bytes) {
        return read(new StateReader(WHAT, bytes, TAG, VERSION));
    }

    /** Reads one that stands inside another state. */
    static QuantileSketch readFrom(StateReader outer) {
        return read(outer.state(WHAT, TAG, VERSION, VERSION));
    }

    private static QuantileSketch read(StateReader in) {
        QuantileSketch sketch = new QuantileSketch(in.sizeIn(SMALLEST_K, 32768), in.fixed());
        sketch.n = in.count();
        sketch.min = in.real();
        sketch.max = in.real();
        int levels = in.sizeIn(1, MOST_LEVELS);
        while (sketch.sizes.length < levels) {
            sketch.addLevel();
        }
        for (int level = 0; level < levels; level++) {
            sketch.read(level, in);
        }
        in.end();
        return sketch;
    }

    /* With room for what is there and no more: most sketches that are read are only compared with. */
    private void read(int level, StateReader in) {
        int size = in.size();
        float[] values = size == 0 ? NOTHING : new float[Math.max(size, SMALLEST_LEVEL)];
        for (int i = 0; i < size; i++) {
            values[i] = in.realFloat();
        }
        items[level] = values;
        sizes[level] = size;
        retained += size;
    }

    private static float narrow(double value) {
        float narrow = (float) value;
        if (Math.abs(narrow) > Float.MAX_VALUE) {
            return Math.copySign(Float.MAX_VALUE, narrow);
        }
        return narrow + 0.0f; // -0.0 becomes 0.0: they are one value
    }

    private void append(int level, float value) {
        if (sizes[level] == items[level].length) {
            items[level] = Arrays.copyOf(items[level], grownRoom(level, sizes[level] + 1));
        }
        items[level][sizes[level]++] = value;
    }

    private int grownRoom(int level, int size) {
        return Math.max(Math.max(SMALLEST_LEVEL, size), items[level].length * 2);
    }

    private void compactOnce() {
        int level = 0;
        while (sizes[level] < capacities[level]) {
            level++;
        }
        compact(level);
    }

    private void compact(int level) {
        int target = level == 0 ? firstKept() : level + 1;
        if (target == sizes.length) {
            addLevel();
        }
        float[] values = items[level];
        int size = sizes[level];
        if (level == 0) {
            BlockSort.sort(values, size);
        }
        int step = 1 << (target - level);
        int promoted = size / step;
        int left = size % step; // the smallest stay, with their own weight
        mergeSorted(target, values, left + toss(target - level), step, promoted);
        sizes[level] = left;
        retained -= promoted * (step - 1);
        if (values.length > 2 * capacities[level]) {
            items[level] = Arrays.copyOf(values, Math.max(left, capacities[level])); // it was the top once, and large
        }
    }

    /* The level that a sorted block goes to: those below it would be small, so much work for little. */
    private int firstKept() {
        return Math.max(1, Math.min(HIGHEST_SKIP, sizes.length - LARGE_LEVELS));
    }

    /* Merges every step-th of some sorted values into a level, from the back. All levels but the first are sorted. */
    private void mergeSorted(int level, float[] values, int start, int step, int count) {
        int next = sizes[level] - 1;
        int write = sizes[level] + count - 1;
        if (write >= items[level].length) {
            items[level] = Arrays.copyOf(items[level], roomFor(level, write + 1));
        }
        float[] target = items[level];
        for (int read = start + (count - 1) * step; read >= start; read -= step) {
            float value = values[read];
            while (next >= 0 && target[next] > value) {
                target[write--] = target[next--];
            }
            target[write--] = value;
        }
        sizes[level] += count;
    }

    private int roomFor(int level, int size) {
        return Math.max(size, Math.min(items[level].length * 2, capacities[level] + SMALLEST_LEVEL));
    }

    private int toss(int bits) {
        coin = SplitMix.next(coin);
        return (int) (SplitMix.bits(coin) >>> (64 - bits));
    }

    private void addLevel() {
        items = Arrays.copyOf(items, items.length + 1);
        items[items.length - 1] = new float[SMALLEST_LEVEL];
        sizes = Arrays.copyOf(sizes, sizes.length + 1);
        resizeCapacities();
    }

    /*
     * The top level holds k, each level below two thirds of the one above, but never fewer than sixteen; the first a block,
     * and those between it and the first kept one only what merges bring.
     */
    private void resizeCapacities() {
        capacities = new int[sizes.length];
        capacity = 0;
        double room = k;
        for (int level = capacities.length - 1; level >= 0; level--) {
            int smallest = Math.max(SMALLEST_LEVEL, level == 0 ? Math.min(BLOCK, k) : 0);
            int holds = Math.max(smallest, (int) Math.ceil(room));
            capacities[level] = level > 0 && level < firstKept() ? SKIPPED_LEVEL : holds;
            capacity += capacities[level];
            room *= 2.0 / 3;
        }
    }

    private SortedValues sorted() {
        SortedValues view = sorted;
        if (view == null) {
            view = SortedValues.of(items, sizes, retained);
            sorted = view;
        }
        return view;
    }
}
