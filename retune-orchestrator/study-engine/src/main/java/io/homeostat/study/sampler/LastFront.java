package io.homeostat.study.sampler;

import io.homeostat.study.pareto.Crowding;
import io.homeostat.study.pareto.Hypervolume;
import io.homeostat.study.pareto.ReferencePoints;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Which points to take of the front that does not fit in whole. */
@FunctionalInterface
interface LastFront {
    /** Beyond so many objectives an exact hypervolume takes too long. */
    int OBJECTIVES_OF_EXACT_VOLUMES = 4;

    /**
     * Indexes into the front.
     *
     * @param taken points of the better fronts
     * @param front more than {@code count} points that do not dominate each other
     */
    int[] some(double[][] taken, double[][] front, int count);

    /** Those with the largest crowding distance: NSGA-II. */
    LastFront LONELIEST = (taken, front, count) -> {
        double[] distances = Crowding.distances(front);
        return IntStream.range(0, front.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -distances[i]).thenComparingInt(i -> i))
                .limit(count)
                .mapToInt(i -> i)
                .toArray();
    };

    /** Those that together dominate most; of more than four objectives the loneliest. */
    LastFront LARGEST_VOLUME = (taken, front, count) -> front[0].length > OBJECTIVES_OF_EXACT_VOLUMES
            ? LONELIEST.some(taken, front, count)
            : Hypervolume.subset(front, count, Hypervolume.referenceFor(front));

    /**
     * Those in the least crowded of directions spread evenly over the objectives, the nearest to its direction first:
     * NSGA-III. Objectives are scaled by the best and worst of all points here, which is simpler than the intercepts of a
     * plane through the extremes and cannot degenerate.
     */
    LastFront SPREAD = (taken, front, count) -> {
        double[][] scaled = scaled(taken, front);
        double[][] directions = ReferencePoints.atMost(front[0].length, taken.length + count);
        int[] niche = new int[scaled.length];
        double[] distance = new double[scaled.length];
        int[] members = new int[directions.length];
        for (int i = 0; i < scaled.length; i++) {
            distance[i] = Double.POSITIVE_INFINITY;
            for (int r = 0; r < directions.length; r++) {
                double d = fromLine(scaled[i], directions[r]);
                if (d < distance[i]) {
                    distance[i] = d;
                    niche[i] = r;
                }
            }
            members[niche[i]] += i < taken.length ? 1 : 0;
        }
        boolean[] gone = new boolean[front.length];
        int[] chosen = new int[count];
        for (int n = 0; n < count; n++) {
            int best = -1;
            for (int i = 0; i < front.length; i++) {
                int at = taken.length + i;
                if (!gone[i] && (best < 0 || less(members, niche, distance, at, taken.length + best))) {
                    best = i;
                }
            }
            gone[best] = true;
            members[niche[taken.length + best]]++;
            chosen[n] = best;
        }
        return chosen;
    };

    private static boolean less(int[] members, int[] niche, double[] distance, int a, int b) {
        int crowd = members[niche[a]] - members[niche[b]];
        return crowd < 0 || crowd == 0 && distance[a] < distance[b];
    }

    private static double[][] scaled(double[][] taken, double[][] front) {
        double[][] all = Arrays.copyOf(taken, taken.length + front.length);
        System.arraycopy(front, 0, all, taken.length, front.length);
        double[][] scaled = new double[all.length][front[0].length];
        for (int k = 0; k < front[0].length; k++) {
            int objective = k;
            double best =
                    Arrays.stream(all).mapToDouble(p -> p[objective]).min().orElseThrow();
            double worst =
                    Arrays.stream(all).mapToDouble(p -> p[objective]).max().orElseThrow();
            for (int i = 0; i < all.length && worst > best; i++) {
                scaled[i][k] = (all[i][k] - best) / (worst - best);
            }
        }
        return scaled;
    }

    private static double fromLine(double[] point, double[] direction) {
        double along = 0;
        double length = 0;
        for (int k = 0; k < point.length; k++) {
            along += point[k] * direction[k];
            length += direction[k] * direction[k];
        }
        double squares = 0;
        for (int k = 0; k < point.length; k++) {
            double off = point[k] - along / length * direction[k];
            squares += off * off;
        }
        return squares;
    }
}
