package io.homeostat.study.sampler;

import io.homeostat.study.pareto.Hypervolume;
import io.homeostat.study.pareto.NonDominated;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.History;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Which complete trials are the best where there are several objectives. Trials are told by their place in the history. */
final class Fronts {
    private static final int MOST = 1000;
    private static final double LEAST_WEIGHT = 0.001;

    private Fronts() {}

    /** The objectives of trials, less being better. */
    static double[][] minimized(History history, int[] trials) {
        double[][] points = new double[trials.length][history.goals().size()];
        for (int i = 0; i < points.length; i++) {
            FinishedTrial trial = history.get(trials[i]);
            for (int k = 0; k < points[i].length; k++) {
                points[i][k] = history.goals().get(k).minimized(trial.value(k));
            }
        }
        return points;
    }

    /**
     * The best of these trials: feasible ones front by front, and some of the front that does not fit in; then infeasible
     * ones, the least violation first. Of more than {@value #MOST} the newest are looked at.
     */
    static int[] best(History history, int[] trials, int count, LastFront last) {
        int[] newest = Arrays.stream(trials)
                .boxed()
                .sorted(Comparator.comparingInt(trial -> -history.get(trial).number()))
                .limit(Math.max(MOST, count))
                .mapToInt(i -> i)
                .toArray();
        int[] feasible = Arrays.stream(newest)
                .filter(trial -> history.get(trial).feasible())
                .toArray();
        IntStream infeasible = Arrays.stream(newest)
                .filter(trial -> !history.get(trial).feasible())
                .boxed()
                .sorted(Comparator.comparingDouble(trial -> history.get(trial).violation()))
                .mapToInt(i -> i);
        return IntStream.concat(Arrays.stream(byFronts(history, feasible, count, last)), infeasible)
                .limit(count)
                .toArray();
    }

    private static int[] byFronts(History history, int[] trials, int count, LastFront last) {
        double[][] points = minimized(history, trials);
        int[] best = new int[Math.min(count, trials.length)];
        int found = 0;
        for (int[] front : NonDominated.fronts(points)) {
            int left = best.length - found;
            int[] some = front;
            if (front.length > left && left > 0) {
                int[] chosen = last.some(minimized(history, Arrays.copyOf(best, found)), of(points, front), left);
                some = Arrays.stream(chosen).map(i -> front[i]).toArray();
            }
            for (int i = 0; i < some.length && left > 0; i++) {
                best[found++] = trials[some[i]];
            }
        }
        return best;
    }

    private static double[][] of(double[][] points, int[] indexes) {
        return Arrays.stream(indexes).mapToObj(i -> points[i]).toArray(double[][]::new);
    }

    /** What each of these trials alone dominates, as a share of the largest; at least a thousandth. */
    static double[] weights(History history, int[] trials) {
        double[] weights = new double[trials.length];
        Arrays.fill(weights, 1);
        if (history.goals().size() > LastFront.OBJECTIVES_OF_EXACT_VOLUMES || trials.length == 0) {
            return weights;
        }
        double[][] points = minimized(history, trials);
        double[] alone = Hypervolume.contributions(points, Hypervolume.referenceFor(points));
        double largest = Arrays.stream(alone).max().orElseThrow();
        for (int i = 0; i < weights.length && largest > 0; i++) {
            weights[i] = history.get(trials[i]).feasible() ? Math.max(LEAST_WEIGHT, alone[i] / largest) : LEAST_WEIGHT;
        }
        return weights;
    }
}
