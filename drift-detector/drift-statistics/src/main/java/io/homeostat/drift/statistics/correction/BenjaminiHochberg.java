package io.homeostat.drift.statistics.correction;

import java.util.Arrays;
import java.util.Comparator;

/**
 * The step-up rule of Benjamini and Hochberg (1995): of the features called drifted, the expected share that did not
 * drift stays at or below q.
 *
 * <p>Decision: with p-values in rising order, p(i) is rejected if some p(j), j ≥ i, is at most q j / m; the adjusted
 * value min over j ≥ i of m p(j) / j is compared with q.
 *
 * <p>Example: .01, .02, .9 are adjusted to .03, .03, .9.
 */
public final class BenjaminiHochberg {
    private BenjaminiHochberg() {}

    /** The adjusted values, in the order given; p-values must be in 0..1. */
    public static double[] adjust(double[] pValues) {
        for (double p : pValues) {
            if (!(p >= 0 && p <= 1)) {
                throw new IllegalArgumentException("pValue: " + p + " is not in 0..1.");
            }
        }
        Integer[] order = new Integer[pValues.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> pValues[i]));
        double[] adjusted = new double[pValues.length];
        double smallest = 1;
        for (int rank = order.length; rank >= 1; rank--) {
            int index = order[rank - 1];
            smallest = Math.min(smallest, pValues[index] * order.length / rank);
            adjusted[index] = smallest;
        }
        return adjusted;
    }
}
