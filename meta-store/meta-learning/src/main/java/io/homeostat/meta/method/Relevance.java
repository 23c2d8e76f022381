package io.homeostat.meta.method;

import io.homeostat.meta.transfer.Past;
import io.homeostat.meta.transfer.PastTask;
import io.homeostat.study.gp.GaussianProcess.Prediction;
import io.homeostat.study.sampler.UnitCube;
import io.homeostat.study.space.Configuration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How much each task of the past is worth for the new one: by how alike its data is, how long ago it was, and whether it is
 * the model's own.
 *
 * <p>w = exp(−d/(h·median d))·exp(−age/a), {@value #OWN} times for the model's own. The distance d is that of {@link
 * LearnedDistance}; h = {@value #WIDTH}. The age is counted in tasks, and a is read off the past: each task is predicted by
 * those of other ages, and the a that predicts best is used; where age does not help, none.
 */
final class Relevance {
    static final double OWN = 4;
    private static final double WIDTH = 1.0 / 3;
    private static final int POINTS = 100;
    private static final double[] AGES = {16, 8, 4, 2, 1};
    private static final double CLEARLY = 0.98; // of the error without
    private static final double SHRINKING = 0.1; // of what a task's own weight is

    private final double[] age; // 1 for the newest
    private final double[][] means;
    private final double[][] known; // 0 to 1

    private Relevance(Past past, List<Configuration> points) {
        List<PastTask> tasks = past.tasks();
        int step = Math.max(1, points.size() / POINTS);
        int count = (points.size() + step - 1) / step;
        int n = tasks.size();
        age = new double[n];
        means = new double[n][count];
        known = new double[n][count];
        UnitCube cube = new UnitCube(past.target().space());
        double[][] places = IntStream.range(0, count)
                .mapToObj(p -> cube.place(points.get(p * step)))
                .toArray(double[][]::new);
        List<PastTask> newest = past.newestFirst();
        for (int t = 0; t < n; t++) {
            PastTask task = tasks.get(t);
            age[t] = 1 + newest.indexOf(task);
            for (int p = 0; p < count; p++) {
                Prediction prediction = task.surrogate().at(places[p]);
                double prior = task.surrogate().priorDeviation();
                means[t][p] = prediction.mean();
                known[t][p] = 1 - Math.min(1, Math.pow(prediction.deviation() / prior, 2));
            }
        }
    }

    /** A weight for each task, the largest being 1; in the order of the past, which has at least one. */
    static double[] weights(Past past, List<Configuration> candidates) {
        Relevance relevance = new Relevance(past, candidates);
        double[] distances = LearnedDistance.toTarget(past, relevance.means);
        double ages = relevance.bestAge();
        double[] weights = new double[distances.length];
        for (int t = 0; t < weights.length; t++) {
            weights[t] = Math.exp(-distances[t] / WIDTH) * Math.exp(-relevance.age[t] / ages);
            weights[t] *= past.own(past.tasks().get(t)) ? OWN : 1;
        }
        double most = Arrays.stream(weights).max().orElse(1);
        return Arrays.stream(weights).map(w -> w / most).toArray();
    }

    private double bestAge() {
        double least = CLEARLY * error(Double.POSITIVE_INFINITY);
        double best = Double.POSITIVE_INFINITY;
        for (double candidate : AGES) {
            double error = error(candidate);
            if (error < least) {
                least = error;
                best = candidate;
            }
        }
        return best;
    }

    /* How badly each task is predicted by the others. */
    private double error(double ages) {
        double sum = 0;
        for (int t = 0; t < means.length; t++) {
            double[] weights = new double[means.length];
            double most = 0;
            for (int u = 0; u < weights.length; u++) {
                weights[u] = u == t ? 0 : Math.exp(-Math.abs(age[t] - age[u]) / ages);
                most = Math.max(most, weights[u]);
            }
            for (int p = 0; p < means[t].length && most > 0; p++) {
                double all = SHRINKING;
                double mean = 0;
                for (int u = 0; u < weights.length; u++) {
                    double weight = weights[u] / most * known[u][p];
                    all += weight;
                    mean += weight * means[u][p];
                }
                sum += known[t][p] * Math.pow(means[t][p] - mean / all, 2);
            }
        }
        return sum;
    }
}
