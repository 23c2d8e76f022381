package io.homeostat.study.pareto;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/**
 * The volume of what a set of points dominates, up to a reference point. Exact for any number of objectives; meant for 2
 * to 4, as its cost grows with their number: O(n·log n) for 2, about O(n²) for 3 and O(n³) for 4.
 *
 * <p>Reference: L. While, L. Bradstreet, L. Barone, A Fast Way of Calculating Exact Hypervolumes, IEEE Transactions on
 * Evolutionary Computation 16, 2012 (WFG).
 */
public final class Hypervolume {
    private Hypervolume() {}

    /**
     * The volume dominated by the points.
     *
     * @param reference points that are not below it in every objective do not count
     */
    public static double of(double[][] points, double[] reference) {
        double[][] inside = Arrays.stream(points)
                .filter(point -> IntStream.range(0, point.length).allMatch(k -> point[k] < reference[k]))
                .toArray(double[][]::new);
        return volume(NonDominated.distinctFront(inside), reference, reference.length);
    }

    /*
     * With the points sorted by their last objective, the worst first, all later points are at least as good there: what a
     * point dominates and later ones do not is its extent in that objective times an area in the others. In those, later
     * points count as far as the point itself reaches ("limited").
     */
    private static double volume(double[][] front, double[] reference, int objectives) {
        if (front.length == 0) {
            return 0;
        }
        if (objectives == 1) {
            return reference[0]
                    - Arrays.stream(front).mapToDouble(p -> p[0]).min().orElseThrow();
        }
        if (objectives == 2) {
            return area(front, reference);
        }
        int last = objectives - 1;
        double[][] sorted = front.clone();
        Arrays.sort(sorted, Comparator.comparingDouble(point -> -point[last]));
        double sum = 0;
        for (int i = 0; i < sorted.length; i++) {
            double[] point = sorted[i];
            double alone = 1;
            for (int k = 0; k < last; k++) {
                alone *= reference[k] - point[k];
            }
            double[][] limited = limited(sorted, i, last);
            sum += (reference[last] - point[last]) * (alone - volume(limited, reference, last));
        }
        return sum;
    }

    private static double[][] limited(double[][] sorted, int i, int objectives) {
        double[][] limited = new double[sorted.length - i - 1][objectives];
        for (int j = 0; j < limited.length; j++) {
            for (int k = 0; k < objectives; k++) {
                limited[j][k] = Math.max(sorted[i][k], sorted[i + 1 + j][k]);
            }
        }
        return NonDominated.distinctFront(limited);
    }

    private static double area(double[][] front, double[] reference) {
        double[][] sorted = front.clone();
        Arrays.sort(sorted, Comparator.comparingDouble(point -> point[0]));
        double sum = 0;
        double height = reference[1];
        for (double[] point : sorted) {
            sum += (reference[0] - point[0]) * (height - point[1]);
            height = point[1];
        }
        return sum;
    }

    /** What each point alone dominates of the volume: how much would be lost without it. */
    public static double[] contributions(double[][] points, double[] reference) {
        double[] contributions = new double[points.length];
        for (int i = 0; i < points.length; i++) {
            int without = i;
            double[][] others = IntStream.range(0, points.length)
                    .filter(j -> j != without)
                    .mapToObj(j -> points[j])
                    .toArray(double[][]::new);
            contributions[i] = added(points[i], others, reference);
        }
        return contributions;
    }

    /** By how much the point enlarges the volume of the others. */
    public static double added(double[] point, double[][] others, double[] reference) {
        double alone = of(new double[][] {point}, reference);
        double[][] limited = new double[others.length][point.length];
        for (int j = 0; j < limited.length; j++) {
            for (int k = 0; k < point.length; k++) {
                limited[j][k] = Math.max(point[k], others[j][k]);
            }
        }
        return alone == 0 ? 0 : alone - of(limited, reference);
    }

    private record Gain(int index, double upTo, int chosen) {}

    /**
     * A few points that dominate nearly as much as any few could: each time the one that adds most is taken, which gives
     * at least 1 − 1/e of the largest volume.
     *
     * @param count how many, at most as many as there are points
     * @return their indexes in the order in which they were taken
     */
    public static int[] subset(double[][] points, int count, double[] reference) {
        // what a point adds never grows, so one is only looked at again when its last gain leads
        PriorityQueue<Gain> gains = new PriorityQueue<>(
                Comparator.comparingDouble((Gain gain) -> -gain.upTo).thenComparingInt(Gain::index));
        for (int i = 0; i < points.length; i++) {
            gains.add(new Gain(i, added(points[i], new double[0][], reference), 0));
        }
        int[] taken = new int[count];
        double[][] chosen = new double[0][];
        while (chosen.length < count) {
            Gain best = gains.remove();
            if (best.chosen == chosen.length) {
                taken[chosen.length] = best.index;
                chosen = Arrays.copyOf(chosen, chosen.length + 1);
                chosen[chosen.length - 1] = points[best.index];
            } else {
                gains.add(new Gain(best.index, added(points[best.index], chosen, reference), chosen.length));
            }
        }
        return taken;
    }

    /**
     * A reference point beyond all points: in each objective the worst value and a share of the range more, 1/h if as many
     * points lie on a plane with h steps to each side. So the outermost of evenly spread points count like the others,
     * however few they are.
     *
     * <p>Reference: H. Ishibuchi et al., How to Specify a Reference Point in Hypervolume Calculation for Fair Performance
     * Comparison, Evolutionary Computation 26, 2018.
     */
    public static double[] referenceFor(double[][] points) {
        double[] reference = new double[points[0].length];
        int steps = ReferencePoints.divisions(reference.length, points.length);
        for (int k = 0; k < reference.length; k++) {
            int objective = k;
            double worst =
                    Arrays.stream(points).mapToDouble(p -> p[objective]).max().orElseThrow();
            double best =
                    Arrays.stream(points).mapToDouble(p -> p[objective]).min().orElseThrow();
            double margin = (worst - best) / steps;
            reference[k] = worst + (margin > 0 ? margin : Math.max(1e-12, Math.abs(worst) * 1e-6));
        }
        return reference;
    }
}
