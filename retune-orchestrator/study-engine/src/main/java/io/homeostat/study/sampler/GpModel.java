package io.homeostat.study.sampler;

import io.homeostat.study.gp.Acquisition;
import io.homeostat.study.gp.GaussianProcess;
import io.homeostat.study.gp.GaussianProcess.Prediction;
import io.homeostat.study.gp.Hyperparameters;
import io.homeostat.study.gp.Warp;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.History;
import io.homeostat.study.trial.RunningTrial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Gaussian processes say of a study: one for the objective, one for each constraint (of more than four, one for
 * whichever is broken most). Running trials are believed to end as expected. A point that was tried or is running promises
 * nothing more, however noisy values are: on plateaus the same would be tried for ever.
 */
final class GpModel {
    private static final int MOST_CONSTRAINTS = 4;
    private static final int MOST_TO_FIT = 120;
    private static final double LEAST_IMPROVEMENT = 0.03; // in deviations of the values: less is not worth a trial

    private final UnitCube cube;
    private final GaussianProcess objective;
    private final List<GaussianProcess> constraints = new ArrayList<>();
    private final Warp warp;
    private final double best; // of ended and running trials, as believed
    private final double bestValue;
    private final boolean feasible; // whether there is a best value

    /**
     * @param most trials it learns from
     */
    GpModel(SamplerRequest request, UnitCube cube, int most) {
        History history = request.finished();
        this.cube = cube;
        int[] trials = RegressionData.chosen(history, most);
        RegressionData seen = RegressionData.of(history, cube, trials);
        warp = new Warp(seen.values());
        double[] values = Arrays.stream(seen.values()).map(warp::apply).toArray();
        Hyperparameters fit = fit(history, FittedKernel.OBJECTIVE);
        GaussianProcess process = new GaussianProcess(seen.places(), values, fit, cube.categorical());
        int incumbent = incumbent(process, history, trials);
        feasible = incumbent >= 0;
        bestValue = feasible ? seen.values()[incumbent] : 0;
        double least = feasible ? process.smoothed(incumbent) : 0;
        double[] believed = new double[request.running().size() * cube.count()];
        int from = 0;
        for (RunningTrial trial : request.runningByNumber()) {
            double[] place = cube.place(trial.configuration());
            least = Math.min(least, process.predict(place).mean());
            System.arraycopy(place, 0, believed, from, place.length);
            from += place.length;
        }
        best = least - LEAST_IMPROVEMENT;
        objective = process.knowing(believed); // the Kriging believer
        int count = Arrays.stream(trials)
                .map(i -> history.get(i).constraints().length)
                .max()
                .orElse(0);
        for (int k = 0; k < Math.min(count, MOST_CONSTRAINTS); k++) {
            int which = count > MOST_CONSTRAINTS ? FittedKernel.MOST_BROKEN : k;
            if (k == 0 || which == k) {
                constraints.add(constraint(history, trials, which).knowing(believed));
            }
        }
    }

    static Hyperparameters fit(History history, int constraint) {
        return history.derive(new FittedKernel(constraint, MOST_TO_FIT)).hyperparameters();
    }

    private GaussianProcess constraint(History history, int[] trials, int which) {
        RegressionData seen = RegressionData.ofConstraint(history, cube, trials, which);
        return new GaussianProcess(seen.places(), seen.values(), fit(history, which), cube.categorical());
    }

    private static int incumbent(GaussianProcess process, History history, int[] trials) {
        int best = -1;
        for (int i = 0; i < trials.length; i++) {
            FinishedTrial trial = history.get(trials[i]);
            if (trial.complete() && trial.feasible() && (best < 0 || process.smoothed(i) < process.smoothed(best))) {
                best = i;
            }
        }
        return best;
    }

    /**
     * What a place promises: the acquisition, and the probability that the constraints are kept — multiplied, or, of ln EI
     * and UCB, its logarithm added. As long as no trial keeps them the probability is all.
     *
     * @param beta of UCB
     * @param gradient to be filled, unless it is null
     */
    double score(Acquisition acquisition, double beta, double[] place, double @Nullable [] gradient) {
        double[] byMean = new double[place.length];
        double[] byDeviation = new double[place.length];
        double[] slope = new double[place.length];
        double value = 0;
        if (feasible) {
            Prediction expected = predicted(objective, place, byMean, byDeviation, gradient != null);
            Acquisition.Score score = acquisition.of(expected, best, beta);
            value = score.value();
            for (int j = 0; j < slope.length; j++) {
                slope[j] = score.byMean() * byMean[j] + score.byDeviation() * byDeviation[j];
            }
        }
        for (GaussianProcess constraint : constraints) {
            Prediction expected = predicted(constraint, place, byMean, byDeviation, gradient != null);
            double z = -expected.mean() / expected.deviation();
            double log = Acquisition.logProbability(z);
            double by = Acquisition.logProbabilitySlope(z) / expected.deviation();
            boolean product = feasible && acquisition == Acquisition.EI;
            double share = product ? Math.exp(log) : 1;
            for (int j = 0; j < slope.length; j++) {
                double change = by * (-byMean[j] - z * byDeviation[j]);
                slope[j] = product ? share * (slope[j] + value * change) : slope[j] + change;
            }
            value = product ? value * share : value + log;
        }
        if (gradient != null) {
            System.arraycopy(slope, 0, gradient, 0, slope.length);
        }
        return value;
    }

    private static Prediction predicted(
            GaussianProcess process, double[] place, double[] byMean, double[] byDeviation, boolean slopes) {
        return slopes ? process.predict(place, byMean, byDeviation) : process.predict(place);
    }

    /** The expected improvement at a place, in the unit of the objective; infinite as long as nothing is feasible. */
    double expectedImprovement(double[] place) {
        if (!feasible) {
            return Double.POSITIVE_INFINITY;
        }
        double log = Acquisition.LOG_EI
                .of(objective.predict(place), best + LEAST_IMPROVEMENT, 0)
                .value();
        return Math.exp(log) * warp.unitAt(bestValue);
    }
}
