package io.homeostat.drift.statistics.estimation;

import java.util.Arrays;

/**
 * Rows with each feature cut into at most {@value #MOST} bins at its quantiles; a missing value (NaN) has the lowest
 * bin, together with the smallest values.
 */
final class FeatureBins {
    static final int MOST = 64;

    private final double[][] edges;
    private final byte[][] bins;

    FeatureBins(double[][] rows) {
        int features = rows[0].length;
        edges = new double[features][];
        bins = new byte[features][rows.length];
        for (int f = 0; f < features; f++) {
            edges[f] = edges(rows, f);
            for (int i = 0; i < rows.length; i++) {
                int found = Double.isNaN(rows[i][f]) ? 0 : Arrays.binarySearch(edges[f], rows[i][f]);
                bins[f][i] = (byte) (found >= 0 ? found : -found - 1);
            }
        }
    }

    private static double[] edges(double[][] rows, int feature) {
        double[] sorted = Arrays.stream(rows)
                .mapToDouble(row -> row[feature])
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        return sorted.length == 0 ? sorted : quantiles(sorted);
    }

    private static double[] quantiles(double[] sorted) {
        double[] found = new double[MOST - 1];
        for (int i = 1; i < MOST; i++) {
            found[i - 1] = sorted[(int) ((long) i * (sorted.length - 1) / MOST)];
        }
        return Arrays.stream(found).distinct().toArray();
    }

    int features() {
        return bins.length;
    }

    int bin(int feature, int row) {
        return bins[feature][row];
    }

    /** How many places there are to cut a feature. */
    int cuts(int feature) {
        return edges[feature].length;
    }

    /** The largest value of a bin that can be cut after. */
    double edge(int feature, int bin) {
        return edges[feature][bin];
    }
}
