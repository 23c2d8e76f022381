package io.homeostat.study.pareto;

import java.util.Arrays;
import java.util.Comparator;

/**
 * How lonely each point of a front is.
 *
 * <p>Reference: K. Deb et al., A Fast and Elitist Multiobjective Genetic Algorithm: NSGA-II, IEEE Transactions on
 * Evolutionary Computation 6, 2002.
 */
public final class Crowding {
    private Crowding() {}

    /**
     * The distance between each point's two neighbours, as a share of the range and summed over the objectives; infinite
     * for the ends.
     */
    public static double[] distances(double[][] front) {
        double[] distances = new double[front.length];
        int objectives = front.length == 0 ? 0 : front[0].length;
        Integer[] order = new Integer[front.length];
        Arrays.setAll(order, i -> i);
        for (int k = 0; k < objectives; k++) {
            int objective = k;
            Arrays.sort(
                    order,
                    Comparator.comparingDouble((Integer i) -> front[i][objective])
                            .thenComparingInt(i -> i));
            double range = front[order[order.length - 1]][k] - front[order[0]][k];
            distances[order[0]] = Double.POSITIVE_INFINITY;
            distances[order[order.length - 1]] = Double.POSITIVE_INFINITY;
            for (int i = 1; i < order.length - 1 && range > 0; i++) {
                distances[order[i]] += (front[order[i + 1]][k] - front[order[i - 1]][k]) / range;
            }
        }
        return distances;
    }
}
