package io.homeostat.study.pareto;

import java.util.ArrayList;
import java.util.List;

/**
 * Directions spread evenly over the objectives: points whose coordinates are at least 0 and sum to 1.
 *
 * <p>References: I. Das, J. Dennis, Normal-Boundary Intersection, SIAM Journal on Optimization 8, 1998; K. Deb, H. Jain,
 * An Evolutionary Many-Objective Optimization Algorithm Using Reference-Point-Based Nondominated Sorting, Part I, IEEE
 * Transactions on Evolutionary Computation 18, 2014.
 */
public final class ReferencePoints {
    private ReferencePoints() {}

    /**
     * All points whose coordinates are multiples of 1/divisions.
     *
     * @param objectives at least 1
     * @param divisions at least 1
     */
    public static double[][] lattice(int objectives, int divisions) {
        List<double[]> points = new ArrayList<>();
        fill(points, new double[objectives], 0, divisions, divisions);
        return points.toArray(new double[0][]);
    }

    private static void fill(List<double[]> points, double[] point, int k, int left, int divisions) {
        if (k == point.length - 1) {
            point[k] = (double) left / divisions;
            points.add(point.clone());
            return;
        }
        for (int i = 0; i <= left; i++) {
            point[k] = (double) i / divisions;
            fill(points, point, k + 1, left - i, divisions);
        }
    }

    /** The finest lattice of at most so many points; the coarsest if even that has more. */
    public static double[][] atMost(int objectives, int points) {
        return lattice(objectives, divisions(objectives, points));
    }

    /** The divisions of the finest lattice of at most so many points; 1 if even that has more. */
    static int divisions(int objectives, int points) {
        int divisions = 1;
        while (objectives > 1 && size(objectives, divisions + 1) <= points) {
            divisions++;
        }
        return divisions;
    }

    /** Binomial(divisions + objectives − 1, divisions). */
    private static long size(int objectives, int divisions) {
        long size = 1;
        for (int i = 1; i < objectives; i++) {
            size = size * (divisions + i) / i;
        }
        return size;
    }
}
