package io.homeostat.drift.statistics.joint;

import java.util.Arrays;

/**
 * The Gaussian kernel exp(−|x − y|² / 2 b²).
 *
 * @param bandwidth b, above 0
 */
record Kernel(double bandwidth) {
    private static final int MOST_ROWS = 200;

    /** With the median distance of the reference's rows as its bandwidth, of the first 200 of them. */
    static Kernel ofMedianDistance(double[][] rows) {
        int n = Math.min(MOST_ROWS, rows.length);
        double[] distances = new double[n * (n - 1) / 2];
        int next = 0;
        for (int i = 1; i < n; i++) {
            for (int j = 0; j < i; j++) {
                distances[next++] = Math.sqrt(squaredDistance(rows[i], rows[j]));
            }
        }
        Arrays.sort(distances);
        double median = distances[distances.length / 2];
        // most rows are equal: then any distance is a large one
        return new Kernel(median > 0 ? median : 1);
    }

    double of(double[] x, double[] y) {
        return Math.exp(-squaredDistance(x, y) / (2 * bandwidth * bandwidth));
    }

    private static double squaredDistance(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += (x[i] - y[i]) * (x[i] - y[i]);
        }
        return sum;
    }
}
