package io.homeostat.study.sampler;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * How a child comes from two parents: simulated binary crossover and polynomial mutation on the unit interval; a choice is
 * taken from either parent, and mutates to any by the prior.
 *
 * <p>References: K. Deb, R. Agrawal, Simulated Binary Crossover for Continuous Search Space, Complex Systems 9, 1995; K.
 * Deb, M. Goyal, A Combined Genetic Adaptive Search (GeneAS) for Engineering Design, 1996.
 *
 * @param crossover probability that the parents are mixed at all, else the child starts as a copy of the first
 * @param crossoverIndex η of the crossover: the larger, the nearer the child is to a parent
 * @param mutations how many axes mutate on average
 * @param mutationIndex η of the mutation: the larger, the smaller its steps
 */
record Variation(double crossover, double crossoverIndex, double mutations, double mutationIndex) {
    static final Variation DEFAULT = new Variation(0.9, 3, 1, 5);

    private static final double SAME = 1e-12;

    /**
     * The child's coordinates.
     *
     * @param a the coordinates of one parent; NaN where a parameter is not there: drawn by the prior
     */
    double[] child(List<Axis> axes, double[] a, double[] b, RandomGenerator random) {
        double[] child = random.doubles(a.length).toArray();
        boolean mixes = random.nextDouble() < crossover;
        for (Axis axis : axes) {
            int i = axis.index();
            double one = Double.isNaN(a[i]) ? child[i] : a[i];
            double two = Double.isNaN(b[i]) ? one : b[i];
            double mixed = mixes && random.nextBoolean() ? mixed(axis, one, two, random) : one;
            child[i] = random.nextDouble() * axes.size() < mutations ? mutated(axis, mixed, random) : mixed;
        }
        return child;
    }

    private double mixed(Axis axis, double one, double two, RandomGenerator random) {
        if (axis.categorical()) {
            return random.nextBoolean() ? one : two;
        }
        double low = Math.min(one, two);
        double high = Math.max(one, two);
        if (high - low < SAME) {
            return one;
        }
        boolean left = random.nextBoolean();
        double room = 2 * (left ? low : 1 - high) / (high - low);
        double alpha = 2 - Math.pow(1 + room, -(crossoverIndex + 1));
        double u = random.nextDouble();
        double spread = Math.pow(u <= 1 / alpha ? u * alpha : 1 / (2 - u * alpha), 1 / (crossoverIndex + 1));
        double place = (low + high + (left ? -spread : spread) * (high - low)) / 2;
        return Math.min(1, Math.max(0, place));
    }

    private double mutated(Axis axis, double place, RandomGenerator random) {
        double u = random.nextDouble();
        if (axis.categorical()) {
            return u;
        }
        double room = u < 0.5 ? 1 - place : place;
        double side = u < 0.5 ? 2 * u : 2 - 2 * u;
        double step = 1 - Math.pow(side + (1 - side) * Math.pow(room, mutationIndex + 1), 1 / (mutationIndex + 1));
        return Math.min(1, Math.max(0, place + (u < 0.5 ? -step : step)));
    }
}
