package io.homeostat.study.gp;

import io.homeostat.study.gp.GaussianProcess.Prediction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The expected hypervolume improvement: by how much a point whose objectives are expected to be normal and independent
 * enlarges the volume that a front dominates, on average. Exact.
 *
 * <p>What the front does not dominate, up to a reference point, is cut into boxes. Of the volume that a point adds, the
 * part in a box is a product over the objectives, and so is its mean. For f points on the front there are f + 1 boxes of 2
 * objectives, about f²/2 of 3 and f³/6 of 4.
 *
 * <p>References: M. Emmerich et al., Hypervolume-based Expected Improvement: Monotonicity Properties and Exact
 * Computation, CEC 2011; K. Yang et al., Efficient Computation of
 * Expected Hypervolume Improvement Using Box Decomposition Algorithms, J. Global Optim. 75, 2019.
 */
public final class ExpectedVolume {
    private final double[][] borders; // objective by objective: where boxes begin and end, rising from −∞
    private final int[][] boxes; // box by box: the places of its lower borders, then of its upper ones

    /**
     * @param front points; those that are not below the reference in every objective do not count
     * @param reference up to where volumes are measured
     */
    public ExpectedVolume(double[][] front, double[] reference) {
        int objectives = reference.length;
        double[][] inside = Arrays.stream(front)
                .filter(point -> IntStream.range(0, objectives).allMatch(k -> point[k] < reference[k]))
                .toArray(double[][]::new);
        borders = new double[objectives][];
        for (int k = 0; k < objectives; k++) {
            int objective = k;
            double[] values = Arrays.stream(inside)
                    .mapToDouble(point -> point[objective])
                    .distinct()
                    .sorted()
                    .toArray();
            borders[k] = new double[values.length + 2];
            borders[k][0] = Double.NEGATIVE_INFINITY;
            System.arraycopy(values, 0, borders[k], 1, values.length);
            borders[k][values.length + 1] = reference[k];
        }
        int[][] points = Arrays.stream(inside)
                .map(point -> IntStream.range(0, objectives)
                        .map(k -> Arrays.binarySearch(borders[k], point[k]))
                        .toArray())
                .toArray(int[][]::new);
        List<int[]> found = new ArrayList<>();
        cut(points, objectives - 1, new int[2 * objectives], found);
        boxes = found.toArray(new int[0][]);
    }

    /*
     * Slab by slab of an objective from the best value on: there the points count that are at least as good in it, in the
     * objectives before it.
     */
    private void cut(int[][] points, int objective, int[] box, List<int[]> found) {
        int objectives = borders.length;
        int last = borders[objective].length - 1;
        if (objective == 0) {
            box[objectives] = Arrays.stream(points).mapToInt(p -> p[0]).min().orElse(last);
            found.add(box.clone());
            return;
        }
        int[][] sorted = points.clone();
        Arrays.sort(sorted, Comparator.comparingInt(point -> point[objective]));
        int from = 0;
        List<int[]> better = new ArrayList<>();
        for (int i = 0; i <= sorted.length; i++) {
            int to = i < sorted.length ? sorted[i][objective] : last;
            if (to > from) {
                box[objective] = from;
                box[objectives + objective] = to;
                cut(better.toArray(new int[0][]), objective - 1, box, found);
                from = to;
            }
            if (i < sorted.length) {
                add(better, sorted[i], objective);
            }
        }
    }

    /* Keeps those only that no other dominates in the objectives before the given one. */
    private static void add(List<int[]> front, int[] point, int objectives) {
        if (front.stream().noneMatch(other -> atMost(other, point, objectives))) {
            front.removeIf(other -> atMost(point, other, objectives));
            front.add(point);
        }
    }

    private static boolean atMost(int[] a, int[] b, int objectives) {
        return IntStream.range(0, objectives).allMatch(k -> a[k] <= b[k]);
    }

    /** How many objectives there are. */
    int objectives() {
        return borders.length;
    }

    /**
     * The improvement to expect of a point.
     *
     * @param expected objective by objective
     * @param byMean filled with how it changes with the means
     * @param byDeviation and with the deviations
     */
    public double of(Prediction[] expected, double[] byMean, double[] byDeviation) {
        int objectives = borders.length;
        double[][] gain = new double[objectives][]; // E[(border − y)⁺], and how it changes
        double[][] slope = new double[objectives][];
        double[][] spread = new double[objectives][];
        for (int k = 0; k < objectives; k++) {
            int n = borders[k].length;
            gain[k] = new double[n];
            slope[k] = new double[n];
            spread[k] = new double[n];
            for (int i = 1; i < n; i++) {
                double z = (borders[k][i] - expected[k].mean()) / expected[k].deviation();
                gain[k][i] = expected[k].deviation() * Math.exp(Acquisition.logImprovement(z));
                slope[k][i] = -Math.exp(Acquisition.logProbability(z));
                spread[k][i] = Math.exp(Acquisition.logDensity(z));
            }
        }
        Arrays.fill(byMean, 0);
        Arrays.fill(byDeviation, 0);
        double sum = 0;
        double[] extent = new double[objectives];
        for (int[] box : boxes) {
            double product = 1;
            for (int k = 0; k < objectives; k++) {
                extent[k] = Math.max(0, gain[k][box[objectives + k]] - gain[k][box[k]]);
                product *= extent[k];
            }
            sum += product;
            for (int k = 0; k < objectives; k++) {
                double others = 1;
                for (int other = 0; other < objectives; other++) {
                    others *= other == k ? 1 : extent[other];
                }
                byMean[k] += others * (slope[k][box[objectives + k]] - slope[k][box[k]]);
                byDeviation[k] += others * (spread[k][box[objectives + k]] - spread[k][box[k]]);
            }
        }
        return sum;
    }
}
