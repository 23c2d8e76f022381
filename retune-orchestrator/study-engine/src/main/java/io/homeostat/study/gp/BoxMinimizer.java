package io.homeostat.study.gp;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Finds a local minimum of a smooth function inside a box: the limited-memory BFGS method on the coordinates that are not
 * held by a border, with steps projected onto the box and halved until they bring enough.
 *
 * <p>Reference: J. Nocedal, S. Wright, Numerical Optimization, 2006, algorithms 7.4 and 3.1.
 */
public final class BoxMinimizer {
    private static final int MEMORY = 8;
    private static final int MOST_HALVINGS = 12;
    private static final double ENOUGH = 1e-4;

    private BoxMinimizer() {}

    /** A function with its gradient. */
    @FunctionalInterface
    public interface Smooth {
        /**
         * Its value; infinite or NaN where it is not defined.
         *
         * @param x a point
         * @param gradient to be filled
         */
        double at(double[] x, double[] gradient);
    }

    /**
     * Where it ended.
     *
     * @param x the point
     * @param value the function there
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Minimum(double[] x, double value) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Pair(double[] step, double[] change, double curvature) {}

    /**
     * Runs until steps bring less than {@code tolerance}, or for so many evaluations.
     *
     * @param start where to begin; moved into the box
     * @param firstStep length of the first step, in the unit of x
     * @param evaluations at least 1
     */
    public static Minimum minimize(
            Smooth f,
            double[] start,
            double[] lower,
            double[] upper,
            double firstStep,
            int evaluations,
            double tolerance) {
        int d = start.length;
        double[] x = start.clone();
        clip(x, lower, upper);
        double[] gradient = new double[d];
        double value = f.at(x, gradient);
        int left = evaluations - 1;
        Deque<Pair> memory = new ArrayDeque<>();
        while (left > 0 && Double.isFinite(value)) {
            boolean[] free = free(x, gradient, lower, upper);
            double[] direction = direction(gradient, free, memory, firstStep);
            double slope = inner(direction, gradient);
            if (!(slope < 0)) {
                break;
            }
            double[] next = new double[d];
            double[] nextGradient = new double[d];
            double nextValue = Double.NaN;
            double rate = 1;
            boolean found = false;
            for (int halving = 0; halving < MOST_HALVINGS && left > 0 && !found; halving++, left--) {
                for (int j = 0; j < d; j++) {
                    next[j] = x[j] + rate * direction[j];
                }
                clip(next, lower, upper);
                nextValue = f.at(next, nextGradient);
                found = nextValue <= value + ENOUGH * expected(x, next, gradient);
                rate /= halving == 0 ? 2 : 4;
            }
            if (!found) {
                break;
            }
            remember(memory, x, next, gradient, nextGradient);
            double gain = value - nextValue;
            x = next;
            gradient = nextGradient;
            value = nextValue;
            if (gain < tolerance) {
                break;
            }
        }
        return new Minimum(x, value);
    }

    private static double expected(double[] x, double[] next, double[] gradient) {
        double sum = 0;
        for (int j = 0; j < x.length; j++) {
            sum += gradient[j] * (next[j] - x[j]);
        }
        return Math.min(0, sum);
    }

    private static boolean[] free(double[] x, double[] gradient, double[] lower, double[] upper) {
        boolean[] free = new boolean[x.length];
        for (int j = 0; j < x.length; j++) {
            free[j] = !(x[j] <= lower[j] && gradient[j] > 0) && !(x[j] >= upper[j] && gradient[j] < 0);
        }
        return free;
    }

    /* The two-loop recursion; the first direction is the steepest descent of the given length. */
    private static double[] direction(double[] gradient, boolean[] free, Deque<Pair> memory, double firstStep) {
        double[] q = new double[gradient.length];
        for (int j = 0; j < q.length; j++) {
            q[j] = free[j] ? -gradient[j] : 0;
        }
        if (memory.isEmpty()) {
            double norm = Math.sqrt(inner(q, q));
            scale(q, norm > 0 ? firstStep / norm : 0);
            return q;
        }
        double[] weights = new double[memory.size()];
        int k = 0;
        for (Pair pair : memory) {
            weights[k] = inner(pair.step, q) / pair.curvature;
            add(q, -weights[k++], pair.change);
        }
        Pair newest = memory.getFirst();
        scale(q, newest.curvature / inner(newest.change, newest.change));
        for (Iterator<Pair> oldest = memory.descendingIterator(); oldest.hasNext(); ) {
            Pair pair = oldest.next();
            add(q, weights[--k] - inner(pair.change, q) / pair.curvature, pair.step);
        }
        for (int j = 0; j < q.length; j++) {
            q[j] = free[j] ? q[j] : 0;
        }
        return q;
    }

    private static void remember(
            Deque<Pair> memory, double[] x, double[] next, double[] gradient, double[] nextGradient) {
        double[] step = next.clone();
        add(step, -1, x);
        double[] change = nextGradient.clone();
        add(change, -1, gradient);
        double curvature = inner(step, change);
        if (curvature > 1e-12 * inner(change, change)) {
            memory.addFirst(new Pair(step, change, curvature));
            if (memory.size() > MEMORY) {
                memory.removeLast();
            }
        }
    }

    private static void clip(double[] x, double[] lower, double[] upper) {
        for (int j = 0; j < x.length; j++) {
            x[j] = Math.min(upper[j], Math.max(lower[j], x[j]));
        }
    }

    private static double inner(double[] a, double[] b) {
        return Cholesky.dot(a, 0, b, 0, a.length);
    }

    private static void add(double[] to, double times, double[] what) {
        for (int j = 0; j < to.length; j++) {
            to[j] += times * what[j];
        }
    }

    private static void scale(double[] x, double by) {
        for (int j = 0; j < x.length; j++) {
            x[j] *= by;
        }
    }
}
