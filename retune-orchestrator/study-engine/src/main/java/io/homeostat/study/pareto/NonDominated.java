package io.homeostat.study.pareto;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Non-dominated sorting. */
public final class NonDominated {
    private NonDominated() {}

    /** Whether {@code a} is at most {@code b} in every objective and below it in one. */
    public static boolean dominates(double[] a, double[] b) {
        boolean below = false;
        for (int k = 0; k < a.length; k++) {
            if (a[k] > b[k]) {
                return false;
            }
            below |= a[k] < b[k];
        }
        return below;
    }

    /**
     * The indexes of the points front by front: the first are dominated by none, the next only by those, and so on. Equal
     * points are in the same front; within a front indexes rise.
     *
     * <p>Cost: O(m·n²) for n points in the worst case, and less the more fronts there are.
     *
     * <p>Reference: X. Zhang et al., An Efficient Approach to Non-dominated Sorting for Evolutionary Multi-objective
     * Optimization, IEEE Transactions on Evolutionary Computation 19, 2015 (ENS-SS).
     */
    public static List<int[]> fronts(double[][] points) {
        List<List<Integer>> fronts = new ArrayList<>();
        for (int i : lexicographic(points)) {
            int front = 0;
            while (front < fronts.size() && dominated(points, fronts.get(front), points[i])) {
                front++;
            }
            if (front == fronts.size()) {
                fronts.add(new ArrayList<>());
            }
            fronts.get(front).add(i);
        }
        return fronts.stream()
                .map(front -> front.stream().mapToInt(i -> i).sorted().toArray())
                .toList();
    }

    /** No point is dominated by one that comes later. */
    private static int[] lexicographic(double[][] points) {
        Comparator<Integer> byObjectives = (a, b) -> Arrays.compare(points[a], points[b]);
        Integer[] order = new Integer[points.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, byObjectives);
        return Arrays.stream(order).mapToInt(i -> i).toArray();
    }

    // the newest first: it is the likeliest to dominate the next one
    private static boolean dominated(double[][] points, List<Integer> front, double[] point) {
        for (int k = front.size() - 1; k >= 0; k--) {
            if (dominates(points[front.get(k)], point)) {
                return true;
            }
        }
        return false;
    }

    /** The points that no other one dominates, each once. */
    static double[][] distinctFront(double[][] points) {
        List<double[]> front = new ArrayList<>();
        for (int i : lexicographic(points)) {
            double[] point = points[i];
            if (front.stream().noneMatch(other -> Arrays.equals(other, point) || dominates(other, point))) {
                front.add(point);
            }
        }
        return front.toArray(new double[0][]);
    }
}
