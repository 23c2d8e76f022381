package io.homeostat.study.sampler;

import java.util.Arrays;

/**
 * How much an observation counts by its age: 1 for up to 25 observations; of n &gt; 25, the oldest n − 25 rise from 1/n to 1.
 */
final class Weights {
    private static final int FULL = 25;

    private Weights() {}

    /** Of n observations from the oldest to the newest. */
    static double[] of(int n) {
        double[] weights = new double[n];
        Arrays.setAll(weights, i -> of(i, n));
        return weights;
    }

    /** Of the i-th oldest of n, from 0. */
    static double of(int i, int n) {
        int rising = n - FULL;
        if (i >= rising) {
            return 1;
        }
        return rising == 1 ? 1.0 / n : 1.0 / n + (1 - 1.0 / n) * i / (rising - 1);
    }
}
