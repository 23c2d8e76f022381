package io.homeostat.meta.metafeature;

import java.util.OptionalDouble;

/**
 * How much knowing one code tells about the other, in nats.
 *
 * <p>I = H(a) + H(b) − H(a, b) over the rows that have both. The plain estimate is too large on few rows; each entropy
 * is corrected by (occupied bins − 1) / 2n, and a result below zero is zero.
 *
 * <p>Reference: G. Miller, Note on the bias of information estimates, 1955.
 */
final class MutualInformation {
    private static final int CODES = 16;
    private static final int FEWEST_ROWS = 10;

    private MutualInformation() {}

    /** Present for ten rows or more that have both, where the target takes two values or more. */
    static OptionalDouble between(int[] feature, int[] target) {
        double[] joint = new double[CODES * CODES];
        double[] left = new double[CODES];
        double[] right = new double[CODES];
        int n = 0;
        for (int i = 0; i < feature.length; i++) {
            if (feature[i] != Binning.MISSING && target[i] != Binning.MISSING) {
                joint[feature[i] * CODES + target[i]]++;
                left[feature[i]]++;
                right[target[i]]++;
                n++;
            }
        }
        if (n < FEWEST_ROWS || occupied(right) < 2) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(Math.max(0, entropy(left, n) + entropy(right, n) - entropy(joint, n)));
    }

    private static double entropy(double[] counts, int n) {
        double entropy = (occupied(counts) - 1) / (2.0 * n);
        for (double count : counts) {
            if (count > 0) {
                entropy -= count / n * Math.log(count / n);
            }
        }
        return entropy;
    }

    private static int occupied(double[] counts) {
        int occupied = 0;
        for (double count : counts) {
            occupied += count > 0 ? 1 : 0;
        }
        return occupied;
    }
}
