package io.homeostat.study.sampler;

import io.homeostat.study.gp.Acquisition;
import io.homeostat.study.gp.GaussianProcess;
import io.homeostat.study.gp.GaussianProcess.Prediction;
import io.homeostat.study.gp.Hyperparameters;
import io.homeostat.study.gp.Warp;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.History;
import io.homeostat.study.trial.RunningTrial;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Gaussian processes say of a study with one objective: one for it, and those of a {@link ConstraintModel}. Running
 * trials are taken to end half a deviation worse than expected, and to keep the constraints as expected. A point that was
 * tried or is running promises nothing more, however noisy values are: on plateaus the same would be tried for ever.
 */
final class GpModel {
    /** Less, in deviations of the values, is not worth a trial. */
    static final double LEAST_IMPROVEMENT = 0.03;

    /** By how many deviations a running trial is taken to end worse than expected. */
    private static final double WORSE = 0.5;

    private final GaussianProcess objective;
    private final ConstraintModel constraints;
    private final Warp warp;
    private final double best; // of ended and running trials, as assumed
    private final double bestValue;
    private final boolean feasible; // whether there is a best value

    /**
     * @param most trials it learns from
     */
    GpModel(SamplerRequest request, UnitCube cube, int most) {
        History history = request.finished();
        int[] trials = RegressionData.chosen(history, most);
        RegressionData seen = RegressionData.of(history, cube, trials);
        warp = new Warp(seen.values());
        double[] values = Arrays.stream(seen.values()).map(warp::apply).toArray();
        Hyperparameters fit = FittedKernel.fit(history, FittedKernel.OBJECTIVE);
        GaussianProcess process = new GaussianProcess(seen.places(), values, fit, cube.categorical());
        int incumbent = incumbent(process, history, trials);
        feasible = incumbent >= 0;
        bestValue = feasible ? seen.values()[incumbent] : 0;
        List<RunningTrial> running = request.runningByNumber();
        double[] places = seen.places();
        double least = feasible ? process.smoothed(incumbent) : Double.POSITIVE_INFINITY;
        for (RunningTrial trial : running) {
            double[] place = cube.place(trial.configuration());
            Prediction expected = process.predict(place);
            double assumed = expected.mean() + WORSE * expected.deviation();
            least = Math.min(least, assumed);
            places = joined(places, place);
            values = joined(values, assumed);
        }
        best = feasible ? least - LEAST_IMPROVEMENT : 0;
        objective = (running.isEmpty() ? process : new GaussianProcess(places, values, fit, cube.categorical()))
                .knowing(new double[0]);
        double[] believed = Arrays.copyOfRange(places, seen.places().length, places.length);
        constraints = new ConstraintModel(history, cube, trials, believed);
    }

    private static double[] joined(double[] some, double... more) {
        double[] all = Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
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
        if (gradient == null) {
            double value = feasible
                    ? acquisition.of(objective.predict(place), best, beta).value()
                    : 0;
            return kept(acquisition, value, constraints.logProbability(place));
        }
        double[] byMean = new double[place.length];
        double[] byDeviation = new double[place.length];
        double[] byProbability = new double[place.length];
        double log = constraints.logProbability(place, byProbability);
        Acquisition.Score score = feasible
                ? acquisition.of(objective.predict(place, byMean, byDeviation), best, beta)
                : new Acquisition.Score(0, 0, 0);
        boolean product = product(acquisition);
        for (int j = 0; j < gradient.length; j++) {
            double slope = score.byMean() * byMean[j] + score.byDeviation() * byDeviation[j];
            gradient[j] =
                    product ? Math.exp(log) * (slope + score.value() * byProbability[j]) : slope + byProbability[j];
        }
        return kept(acquisition, score.value(), log);
    }

    private double kept(Acquisition acquisition, double value, double logProbability) {
        return product(acquisition) ? value * Math.exp(logProbability) : value + logProbability;
    }

    private boolean product(Acquisition acquisition) {
        return feasible && acquisition == Acquisition.EI;
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
