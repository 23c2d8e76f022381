package io.homeostat.meta.transfer;

import io.homeostat.study.gp.GaussianProcess;
import io.homeostat.study.gp.GaussianProcess.Prediction;
import io.homeostat.study.gp.Hyperparameters;
import io.homeostat.study.gp.MarginalLikelihood;
import io.homeostat.study.gp.Warp;
import io.homeostat.study.sampler.UnitCube;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What an earlier task's values are like anywhere in the unit cube: a Gaussian process of its values, brought to mean 0,
 * deviation 1 and a normal shape.
 *
 * <p>Of more than {@value #MOST} evaluations the better half of so many and others spread over the rest are used; its
 * hyperparameters are fitted to at most {@value #MOST_TO_FIT}. A prediction costs O(n²).
 */
public final class Surrogate {
    private static final int MOST = 100;
    private static final int MOST_TO_FIT = 60;
    private static final int EVALUATIONS = 20;

    private final PastTask task;
    private final UnitCube cube;
    private final GaussianProcess process;
    private final Hyperparameters hyperparameters;
    private final double unit;

    Surrogate(PastTask task, UnitCube cube) {
        this.task = task;
        this.cube = cube;
        double[] all = task.values();
        Warp warp = new Warp(all);
        unit = warp.unitAt(all[all.length / 4]);
        int[] chosen = spread(all.length, MOST);
        hyperparameters = fit(spread(all.length, MOST_TO_FIT), all, warp);
        process = new GaussianProcess(places(chosen), values(chosen, all, warp), hyperparameters, cube.categorical());
    }

    private Hyperparameters fit(int[] chosen, double[] all, Warp warp) {
        return MarginalLikelihood.fit(places(chosen), values(chosen, all, warp), cube.categorical(), EVALUATIONS);
    }

    private static double[] values(int[] chosen, double[] all, Warp warp) {
        return Arrays.stream(chosen).mapToDouble(i -> warp.apply(all[i])).toArray();
    }

    private double[] places(int[] chosen) {
        int d = cube.count();
        double[] places = new double[chosen.length * d];
        for (int i = 0; i < chosen.length; i++) {
            System.arraycopy(cube.place(task.configurations().get(chosen[i])), 0, places, i * d, d);
        }
        return places;
    }

    /** So many of n ranks: the better half one by one, the others evenly. */
    static int[] spread(int n, int most) {
        if (n <= most) {
            return IntStream.range(0, n).toArray();
        }
        int good = most / 2;
        return IntStream.range(0, most)
                .map(i -> i < good ? i : good + (int) ((long) (i - good) * (n - good) / (most - good)))
                .toArray();
    }

    /** What the task's value would be at a place, in its own deviations around its own mean, less being better. */
    public Prediction at(double[] place) {
        return process.predict(task.seen(place));
    }

    /** The deviation of a prediction far from all evaluations. */
    public double priorDeviation() {
        return process.priorDeviation();
    }

    /** The variance of the noise of the task's values, in squares of its deviation. */
    public double noise() {
        return hyperparameters.noise() * Math.pow(process.priorDeviation(), 2);
    }

    /** One deviation in the task's own unit, near its best quarter; above 0. */
    public double unit() {
        return unit;
    }

    /** The length scale of each coordinate. */
    public double[] lengths() {
        return hyperparameters.lengths().clone();
    }
}
