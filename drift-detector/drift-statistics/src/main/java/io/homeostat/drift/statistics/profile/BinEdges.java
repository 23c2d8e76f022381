package io.homeostat.drift.statistics.profile;

import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.util.Arrays;

/**
 * The edges of a reference's quantile bins, frozen: every window is counted into the same bins, so counts merge exactly.
 *
 * <p>Bin <i>i</i> holds values above edge <i>i</i>−1 and at most edge <i>i</i>. The first edge lies just below the
 * reference's minimum and the last at its maximum: the first bin is "under", the last "over", both empty in the
 * reference. Equal quantiles are one edge. Without any edge there is one bin.
 *
 * <p>Example: the reference 0, 0, 1 with any number of bins gives under, 0, 1, over.
 */
public final class BinEdges {
    /** The default number of bins between under and over. */
    public static final int DEFAULT_BINS = 10;

    private static final int MOST_EDGES = 1001;
    private final double[] edges;

    private BinEdges(double[] edges) {
        this.edges = edges;
    }

    /** No edges: one bin for everything. */
    public static BinEdges none() {
        return new BinEdges(new double[0]);
    }

    /** These edges: finite, strictly rising, at most 1001. */
    public static BinEdges of(double... edges) {
        return checked(edges.clone());
    }

    private static BinEdges checked(double[] edges) {
        if (edges.length > MOST_EDGES) {
            throw new IllegalArgumentException("edges: " + edges.length + " are more than " + MOST_EDGES + ".");
        }
        for (int i = 0; i < edges.length; i++) {
            if (!Double.isFinite(edges[i]) || (i > 0 && edges[i] <= edges[i - 1])) {
                throw new IllegalArgumentException(
                        "edges[" + i + "]: " + edges[i] + " is not a finite number above the edge before it.");
            }
        }
        return new BinEdges(edges);
    }

    /**
     * Quantile edges of a sample.
     *
     * @param sample finite values in any order
     * @param bins how many bins of equal mass, 1 to 1000
     */
    public static BinEdges ofQuantiles(double[] sample, int bins) {
        if (bins < 1 || bins >= MOST_EDGES) {
            throw new IllegalArgumentException("bins: " + bins + " is not in 1..1000. The default is 10.");
        }
        if (sample.length == 0) {
            return none();
        }
        double[] sorted = Arrays.stream(sample).map(v -> v + 0.0).sorted().toArray();
        double[] quantiles = new double[bins + 1];
        quantiles[0] = Math.max(-Double.MAX_VALUE, Math.nextDown(sorted[0])); // nothing finite lies below that
        for (int i = 1; i <= bins; i++) {
            quantiles[i] = sorted[(int) Math.ceil((double) i * sorted.length / bins) - 1];
        }
        return checked(Arrays.stream(quantiles).distinct().toArray());
    }

    /** How many bins there are, under and over included. */
    public int bins() {
        return edges.length + 1;
    }

    /** Which bin a value falls into. */
    public int binOf(double value) {
        // how many edges lie below, halving without a branch to mispredict
        int below = 0;
        int left = edges.length;
        while (left > 1) {
            int half = left >>> 1;
            below += edges[below + half - 1] < value ? half : 0;
            left -= half;
        }
        return below + (left == 1 && edges[below] < value ? 1 : 0);
    }

    /** Counts the first so many values into their bins. */
    void count(double[] values, int many, long[] counts) {
        for (int i = 0; i < many; i++) {
            counts[binOf(values[i])]++;
        }
    }

    /** The edges, rising. */
    public double[] toArray() {
        return edges.clone();
    }

    void write(StateWriter out) {
        out.reals(edges);
    }

    static BinEdges read(StateReader in) {
        return checked(in.reals());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BinEdges that && Arrays.equals(edges, that.edges);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(edges);
    }

    @Override
    public String toString() {
        return "BinEdges" + Arrays.toString(edges);
    }
}
