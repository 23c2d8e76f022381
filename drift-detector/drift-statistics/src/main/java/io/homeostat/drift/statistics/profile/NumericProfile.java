package io.homeostat.drift.statistics.profile;

import io.homeostat.drift.statistics.season.Wander;
import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.util.Arrays;

/**
 * A numeric feature in a window: counts in the reference's bins, a quantile sketch, mean and variance, and how often it
 * was missing. Counts merge exactly, and values give the same bytes one by one and in blocks, which cost half.
 */
public final class NumericProfile implements FeatureProfile {
    private static final String WHAT = "numeric profile";
    private static final int TAG = 2;
    private static final int VERSION = 4;
    private static final int BEFORE_SUMS = 3;
    private static final int BEFORE_TRANSPORT = 2;

    private final BinEdges edges;
    private final long[] counts;
    private final QuantileSketch sketch;
    private Moments moments = new Moments();
    private long nulls;
    private Wander wander = Wander.NONE;

    /** An empty profile over these bins; the seed is the sketch's. */
    public NumericProfile(BinEdges edges, long seed) {
        this(edges, new long[edges.bins()], QuantileSketch.seeded(seed));
    }

    private NumericProfile(BinEdges edges, long[] counts, QuantileSketch sketch) {
        this.edges = edges;
        this.counts = counts;
        this.sketch = sketch;
    }

    /**
     * What a reference is expected to show, in the rows it is worth.
     *
     * @param counts per bin
     * @param quantiles of the values, evenly spaced, rising
     */
    static NumericProfile expected(BinEdges edges, long[] counts, double[] quantiles, long nulls, Wander wander) {
        long values = Arrays.stream(counts).sum();
        NumericProfile profile =
                new NumericProfile(edges, counts.clone(), QuantileSketch.ofQuantiles(quantiles, values));
        Moments known = new Moments();
        known.add(quantiles, quantiles.length);
        double worth = Math.max(0.0, values - 1) / Math.max(1, quantiles.length - 1);
        profile.moments = Moments.of(profile.sketch.n(), known.mean(), known.squaredDeviations() * worth);
        profile.nulls = nulls;
        profile.wander = wander;
        return profile;
    }

    /** Adds a value; NaN and infinities are refused. */
    public void add(double value) {
        add(new double[] {QuantileSketch.checked(value)}, 1);
    }

    /**
     * Adds the first so many of some values, each as a row; NaN and infinities count as missing.
     *
     * @param values which are in another order afterwards
     */
    void add(double[] values, int count) {
        int finite = 0;
        for (int i = 0; i < count; i++) {
            double value = values[i];
            values[finite] = value;
            finite += Double.isFinite(value) ? 1 : 0;
        }
        nulls += count - finite;
        sketch.update(values, finite);
        edges.count(values, finite, counts);
        moments.add(values, finite);
    }

    @Override
    public void addNull() {
        nulls++;
    }

    @Override
    public long rows() {
        return sketch.n() + nulls;
    }

    @Override
    public long nulls() {
        return nulls;
    }

    @Override
    public Wander wander() {
        return wander;
    }

    /** The bins' edges. */
    public BinEdges edges() {
        return edges;
    }

    /** The counts per bin, under first and over last, nulls not among them. */
    public long[] counts() {
        return counts.clone();
    }

    /** The quantile sketch; not to be changed. */
    public QuantileSketch sketch() {
        return sketch;
    }

    /** The mean; 0 without values. A value beyond ±1e150 counts as that here. */
    public double mean() {
        return moments.mean();
    }

    /** The sample variance; 0 below two values. */
    public double variance() {
        return sketch.n() < 2 ? 0 : moments.squaredDeviations() / (sketch.n() - 1);
    }

    @Override
    public boolean merges(FeatureProfile other) {
        return other instanceof NumericProfile that && that.edges.equals(edges) && that.sketch.merges(sketch);
    }

    @Override
    public void merge(FeatureProfile other) {
        if (!(other instanceof NumericProfile that) || !merges(other)) {
            throw new IllegalArgumentException(
                    "profile: bins of another reference, or of a categorical feature, cannot be merged.");
        }
        moments.merge(that.moments);
        for (int i = 0; i < counts.length; i++) {
            counts[i] += that.counts[i];
        }
        sketch.merge(that.sketch);
        nulls += that.nulls;
    }

    @Override
    public NumericProfile emptyCopy(long seed) {
        return new NumericProfile(edges, seed);
    }

    @Override
    public byte[] toBytes() {
        StateWriter out = new StateWriter(TAG, VERSION);
        write(out);
        return out.toBytes();
    }

    @Override
    public void writeIn(StateWriter out) {
        out.state(TAG, VERSION, this::write);
    }

    private void write(StateWriter out) {
        edges.write(out);
        out.counts(counts);
        sketch.writeIn(out);
        out.count(nulls);
        moments.write(out);
        wander.write(out);
    }

    /** The profile that gave these bytes. */
    public static NumericProfile fromBytes(byte[] bytes) {
        return read(new StateReader(WHAT, bytes, TAG, BEFORE_TRANSPORT, VERSION));
    }

    /** Reads one that stands inside another state. */
    static NumericProfile readFrom(StateReader outer) {
        return read(outer.state(WHAT, TAG, BEFORE_TRANSPORT, VERSION));
    }

    private static NumericProfile read(StateReader in) {
        BinEdges edges = BinEdges.read(in);
        long[] counts = in.counts();
        if (counts.length != edges.bins()) {
            throw new IllegalArgumentException("numeric profile: " + counts.length + " counts for " + edges.bins()
                    + " bins. The bytes are damaged.");
        }
        NumericProfile profile = new NumericProfile(edges, counts, QuantileSketch.readFrom(in));
        long n = profile.sketch.n();
        profile.nulls = in.count();
        profile.moments = in.version() > BEFORE_SUMS ? Moments.read(in, n) : Moments.of(n, in.real(), in.real());
        profile.wander = in.version() > BEFORE_TRANSPORT ? Wander.read(in) : Wander.readWithoutTransport(in);
        in.end();
        return profile;
    }
}
