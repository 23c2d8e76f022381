package io.homeostat.study.sampler;

import io.homeostat.study.gp.ExpectedVolume;
import io.homeostat.study.gp.GaussianProcess;
import io.homeostat.study.gp.GaussianProcess.Prediction;
import io.homeostat.study.gp.Warp;
import io.homeostat.study.pareto.Hypervolume;
import io.homeostat.study.pareto.NonDominated;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.History;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Gaussian processes say of a study with several objectives: one for each, and those of a {@link ConstraintModel}.
 * Volumes are measured on the normal scale of each objective, up to a point somewhat beyond the front. Running trials are
 * believed to end as expected.
 */
final class FrontModel {
    private static final int[] MOST_ON_FRONT = {1, 100, 40, 15}; // by objectives − 1: up to some thousand boxes

    private final GaussianProcess[] objectives;
    private final ConstraintModel constraints;
    private final @Nullable ExpectedVolume volume; // null as long as no trial keeps the constraints

    /** Of more objectives the volumes take too long. */
    static int mostObjectives() {
        return MOST_ON_FRONT.length;
    }

    /**
     * @param most trials it learns from
     */
    FrontModel(SamplerRequest request, UnitCube cube, int most) {
        History history = request.finished();
        int[] trials = RegressionData.chosen(history, most);
        double[][] running = request.runningByNumber().stream()
                .map(trial -> cube.place(trial.configuration()))
                .toArray(double[][]::new);
        double[] believed =
                Arrays.stream(running).flatMapToDouble(Arrays::stream).toArray();
        objectives = new GaussianProcess[history.goals().size()];
        double[][] known = new double[trials.length + running.length][objectives.length];
        for (int k = 0; k < objectives.length; k++) {
            RegressionData seen = RegressionData.of(history, cube, trials, k);
            Warp warp = new Warp(seen.values());
            double[] values = Arrays.stream(seen.values()).map(warp::apply).toArray();
            GaussianProcess process = new GaussianProcess(
                    seen.places(), values, FittedKernel.fit(history, FittedKernel.objective(k)), cube.categorical());
            for (int i = 0; i < known.length; i++) {
                known[i][k] = i < trials.length
                        ? process.smoothed(i)
                        : process.predict(running[i - trials.length]).mean();
            }
            objectives[k] = process.knowing(believed);
        }
        constraints = new ConstraintModel(history, cube, trials, believed);
        volume = volume(history, trials, known);
    }

    private static @Nullable ExpectedVolume volume(History history, int[] trials, double[][] known) {
        List<double[]> counting = new ArrayList<>();
        for (int i = 0; i < known.length; i++) {
            if (i >= trials.length || feasible(history.get(trials[i]))) {
                counting.add(known[i]);
            }
        }
        if (Arrays.stream(trials).noneMatch(trial -> feasible(history.get(trial)))) {
            return null;
        }
        double[][] all = counting.toArray(new double[0][]);
        double[][] front = Arrays.stream(NonDominated.fronts(all).get(0))
                .mapToObj(i -> all[i])
                .toArray(double[][]::new);
        double[] reference = Hypervolume.referenceFor(front.length > 1 ? front : all);
        int most = MOST_ON_FRONT[reference.length - 1];
        if (front.length > most) {
            double[][] whole = front;
            front = Arrays.stream(Hypervolume.subset(whole, most, reference))
                    .mapToObj(i -> whole[i])
                    .toArray(double[][]::new);
        }
        for (double[] point : front) {
            for (int k = 0; k < point.length; k++) {
                point[k] -= GpModel.LEAST_IMPROVEMENT;
            }
        }
        return new ExpectedVolume(front, reference);
    }

    private static boolean feasible(FinishedTrial trial) {
        return trial.complete() && trial.feasible();
    }

    /**
     * What a place promises: the logarithms of the volume to be gained and of the probability that the constraints are
     * kept, added. As long as no trial keeps them the probability is all.
     *
     * @param gradient to be filled, unless it is null
     */
    double score(double[] place, double @Nullable [] gradient) {
        double[] slope = new double[place.length];
        double value = gradient == null ? constraints.logProbability(place) : constraints.logProbability(place, slope);
        if (volume != null) {
            value += logVolume(volume, place, gradient != null, slope);
        }
        if (gradient != null) {
            System.arraycopy(slope, 0, gradient, 0, slope.length);
        }
        return value;
    }

    private double logVolume(ExpectedVolume gains, double[] place, boolean slopes, double[] slope) {
        Prediction[] expected = new Prediction[objectives.length];
        double[][] byMean = new double[objectives.length][place.length];
        double[][] byDeviation = new double[objectives.length][place.length];
        for (int k = 0; k < objectives.length; k++) {
            expected[k] =
                    slopes ? objectives[k].predict(place, byMean[k], byDeviation[k]) : objectives[k].predict(place);
        }
        double[] means = new double[objectives.length];
        double[] deviations = new double[objectives.length];
        double gain = Math.max(Double.MIN_NORMAL, gains.of(expected, means, deviations));
        for (int k = 0; k < objectives.length; k++) {
            for (int j = 0; j < slope.length; j++) {
                slope[j] += (means[k] * byMean[k][j] + deviations[k] * byDeviation[k][j]) / gain;
            }
        }
        return Math.log(gain);
    }
}
