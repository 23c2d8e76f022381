package io.homeostat.drift.statistics.estimation;

import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.util.Arrays;

/**
 * Gradient-boosted regression trees of squared loss on binned features: small, without chance, and with no need to
 * scale or fill in features, as a linear model would.
 *
 * <p>Idea: each tree fits what the trees before it left over, and a tenth of it is added. Trees grow level by level; a
 * leaf is cut where Σ² / (n + 1) of both sides gains most.
 *
 * <p>Parameters, fixed at usual values: 100 trees, depth 4, rate .1, 20 rows a leaf at least, 64 bins a feature, one
 * row's weight of shrinking. At most 4,600 numbers.
 *
 * <p>Reference: Friedman: Greedy function approximation, a gradient boosting machine, 2001.
 */
final class BoostedTrees {
    private static final int TAG = 64;
    private static final int VERSION = 1;
    private static final int TREES = 100;
    private static final int DEPTH = 4;
    private static final double RATE = 0.1;
    private static final int LEAST_ROWS = 20;
    private static final double SHRINKING = 1;

    /** Nodes of a tree in order of levels: the children of i are 2 i + 1 and 2 i + 2. */
    private static final int INNER = (1 << DEPTH) - 1;

    private static final int NODES = (2 << DEPTH) - 1;

    private final double base;

    /** Per tree and inner node, the feature asked for; −1 where all rows go left. */
    private final int[][] features = new int[TREES][INNER];

    private final double[][] cuts = new double[TREES][INNER];
    private final double[][] leaves = new double[TREES][1 << DEPTH];

    private BoostedTrees(double base) {
        this.base = base;
    }

    /** Fits rows, at least one, all of the same features; NaN is a missing value. */
    static BoostedTrees fit(double[][] rows, double[] target) {
        BoostedTrees trees = new BoostedTrees(Arrays.stream(target).average().orElseThrow());
        FeatureBins bins = new FeatureBins(rows);
        double[] left = Arrays.stream(target).map(y -> y - trees.base).toArray();
        for (int tree = 0; tree < TREES; tree++) {
            trees.grow(tree, bins, left);
        }
        return trees;
    }

    private void grow(int tree, FeatureBins bins, double[] left) {
        Arrays.fill(features[tree], -1);
        int[] node = new int[left.length];
        for (int level = 0; level < DEPTH; level++) {
            int first = (1 << level) - 1;
            int[] cutBins = cut(tree, first, bins, node, left);
            for (int i = 0; i < node.length; i++) {
                int asked = features[tree][node[i]];
                boolean right = asked >= 0 && bins.bin(asked, i) > cutBins[node[i] - first];
                node[i] = 2 * node[i] + (right ? 2 : 1);
            }
        }
        double[] sums = new double[NODES];
        double[] counts = new double[NODES];
        for (int i = 0; i < node.length; i++) {
            sums[node[i]] += left[i];
            counts[node[i]]++;
        }
        for (int leaf = 0; leaf < leaves[tree].length; leaf++) {
            leaves[tree][leaf] = RATE * sums[INNER + leaf] / (counts[INNER + leaf] + SHRINKING);
        }
        for (int i = 0; i < node.length; i++) {
            left[i] -= leaves[tree][node[i] - INNER];
        }
    }

    /* the best cut of every node of a level: feature and cut of the tree are set, the bins returned */
    private int[] cut(int tree, int first, FeatureBins bins, int[] node, double[] left) {
        int width = first + 1;
        double[] best = new double[width];
        int[] cutBins = new int[width];
        for (int f = 0; f < bins.features(); f++) {
            double[][] sums = new double[width][FeatureBins.MOST];
            double[][] counts = new double[width][FeatureBins.MOST];
            for (int i = 0; i < node.length; i++) {
                sums[node[i] - first][bins.bin(f, i)] += left[i];
                counts[node[i] - first][bins.bin(f, i)]++;
            }
            for (int at = 0; at < width; at++) {
                double sum = Arrays.stream(sums[at]).sum();
                double count = Arrays.stream(counts[at]).sum();
                double sumBelow = 0;
                double below = 0;
                for (int bin = 0; bin < bins.cuts(f); bin++) {
                    sumBelow += sums[at][bin];
                    below += counts[at][bin];
                    double gain = below < LEAST_ROWS || count - below < LEAST_ROWS
                            ? 0
                            : score(sumBelow, below) + score(sum - sumBelow, count - below) - score(sum, count);
                    if (gain > best[at]) {
                        best[at] = gain;
                        cutBins[at] = bin;
                        features[tree][first + at] = f;
                        cuts[tree][first + at] = bins.edge(f, bin);
                    }
                }
            }
        }
        return cutBins;
    }

    private static double score(double sum, double count) {
        return sum * sum / (count + SHRINKING);
    }

    /** The value expected of a row. */
    double predict(double[] row) {
        double value = base;
        for (int tree = 0; tree < TREES; tree++) {
            int node = 0;
            while (node < INNER) {
                int asked = features[tree][node];
                boolean right = asked >= 0 && row[asked] > cuts[tree][node];
                node = 2 * node + (right ? 2 : 1);
            }
            value += leaves[tree][node - INNER];
        }
        return value;
    }

    byte[] toBytes() {
        StateWriter out = new StateWriter(TAG, VERSION).real(base);
        for (int tree = 0; tree < TREES; tree++) {
            for (int node = 0; node < INNER; node++) {
                out.count(features[tree][node] + 1L);
                if (features[tree][node] >= 0) {
                    out.real(cuts[tree][node]);
                }
            }
            for (double leaf : leaves[tree]) {
                out.real(leaf);
            }
        }
        return out.toBytes();
    }

    static BoostedTrees fromBytes(byte[] bytes) {
        StateReader in = new StateReader("boosted trees", bytes, TAG, VERSION);
        BoostedTrees trees = new BoostedTrees(in.real());
        for (int tree = 0; tree < TREES; tree++) {
            for (int node = 0; node < INNER; node++) {
                trees.features[tree][node] = in.sizeIn(0, Integer.MAX_VALUE) - 1;
                trees.cuts[tree][node] = trees.features[tree][node] >= 0 ? in.real() : 0;
            }
            for (int leaf = 0; leaf < trees.leaves[tree].length; leaf++) {
                trees.leaves[tree][leaf] = in.real();
            }
        }
        in.end();
        return trees;
    }
}
