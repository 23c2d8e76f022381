package io.homeostat.drift.statistics.estimation;

import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The non-decreasing function of least squared distance to points, by pooling adjacent violators; between two pools it
 * is linear, beyond the outer ones constant.
 *
 * <p>Points of equal x are one point. Above {@value #MOST_POINTS} points neighbours are joined first, so that the state
 * takes at most 65 kB.
 *
 * <p>Example: (1, 0), (2, 1), (3, 0), (4, 1) give 0 at 1, ½ from 2 to 3, 1 at 4.
 *
 * <p>Reference: Ayer, Brunk, Ewing, Reid, Silverman: An empirical distribution function for sampling with incomplete
 * information, 1955.
 */
public final class IsotonicRegression {
    /** The most points that are pooled. */
    public static final int MOST_POINTS = 2_000;

    private static final int TAG = 60;
    private static final int VERSION = 1;

    private final double[] xs;
    private final double[] ys;

    private IsotonicRegression(double[] xs, double[] ys) {
        this.xs = xs;
        this.ys = ys;
    }

    /** The function that leaves values in [0, 1] as they are. */
    public static IsotonicRegression identity() {
        return new IsotonicRegression(new double[] {0, 1}, new double[] {0, 1});
    }

    /** Fits points, at least one; x and y of the same length. */
    public static IsotonicRegression fit(double[] x, double[] y) {
        if (x.length == 0 || x.length != y.length) {
            throw new IllegalArgumentException("points: " + x.length + " x and " + y.length
                    + " y. Give at least one point, and as many of one as of the other.");
        }
        int[] order = IntStream.range(0, x.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> x[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        int atLeast = (x.length + MOST_POINTS - 1) / MOST_POINTS;
        Pools pools = new Pools(Math.min(x.length, MOST_POINTS));
        for (int from = 0; from < order.length; ) {
            int to = from;
            double sum = 0;
            while (to < order.length && (to < from + atLeast || x[order[to]] == x[order[to - 1]])) {
                sum += y[order[to++]];
            }
            pools.add(x[order[from]], x[order[to - 1]], sum, to - from);
            from = to;
        }
        return pools.fit();
    }

    /** The function's value. */
    public double at(double x) {
        int found = Arrays.binarySearch(xs, x);
        if (found >= 0) {
            return ys[found];
        }
        int above = -found - 1;
        if (above == 0 || above == xs.length) {
            return ys[above == 0 ? 0 : xs.length - 1];
        }
        double share = (x - xs[above - 1]) / (xs[above] - xs[above - 1]);
        return ys[above - 1] + share * (ys[above] - ys[above - 1]);
    }

    /** The function as bytes. */
    public byte[] toBytes() {
        return new StateWriter(TAG, VERSION).reals(xs).reals(ys).toBytes();
    }

    /** The function that gave these bytes. */
    public static IsotonicRegression fromBytes(byte[] bytes) {
        StateReader in = new StateReader("isotonic regression", bytes, TAG, VERSION);
        IsotonicRegression function = new IsotonicRegression(in.reals(), in.reals());
        in.end();
        return function;
    }

    /** Runs of points with one value each, rising. */
    private static final class Pools {
        private final double[] low;
        private final double[] high;
        private final double[] sum;
        private final double[] weight;
        private int size;

        Pools(int most) {
            low = new double[most];
            high = new double[most];
            sum = new double[most];
            weight = new double[most];
        }

        void add(double from, double to, double ySum, double points) {
            low[size] = from;
            high[size] = to;
            sum[size] = ySum;
            weight[size] = points;
            size++;
            while (size > 1 && mean(size - 2) >= mean(size - 1)) {
                size--;
                high[size - 1] = high[size];
                sum[size - 1] += sum[size];
                weight[size - 1] += weight[size];
            }
        }

        private double mean(int pool) {
            return sum[pool] / weight[pool];
        }

        IsotonicRegression fit() {
            double[] xs = new double[2 * size];
            double[] ys = new double[2 * size];
            int knots = 0;
            for (int i = 0; i < size; i++) {
                xs[knots] = low[i];
                ys[knots++] = mean(i);
                if (high[i] > low[i]) {
                    xs[knots] = high[i];
                    ys[knots++] = mean(i);
                }
            }
            return new IsotonicRegression(Arrays.copyOf(xs, knots), Arrays.copyOf(ys, knots));
        }
    }
}
