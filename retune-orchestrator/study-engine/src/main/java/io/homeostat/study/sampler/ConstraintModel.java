package io.homeostat.study.sampler;

import io.homeostat.study.gp.Acquisition;
import io.homeostat.study.gp.GaussianProcess;
import io.homeostat.study.gp.GaussianProcess.Prediction;
import io.homeostat.study.trial.History;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How likely a study's constraints are to be kept: a Gaussian process for each of them, or, of more than four, one for
 * whichever is broken most.
 */
final class ConstraintModel {
    private static final int MOST = 4;

    private final List<GaussianProcess> processes = new ArrayList<>();

    /**
     * @param trials it learns from, as places in the history
     * @param running places of trials that are running, one after the other
     */
    ConstraintModel(History history, UnitCube cube, int[] trials, double[] running) {
        int count = Arrays.stream(trials)
                .map(i -> history.get(i).constraints().length)
                .max()
                .orElse(0);
        int from = count > MOST ? FittedKernel.MOST_BROKEN : 0;
        int to = count > MOST ? from + 1 : count;
        for (int which = from; which < to; which++) {
            RegressionData seen = RegressionData.ofConstraint(history, cube, trials, which);
            GaussianProcess process = new GaussianProcess(
                    seen.places(), seen.values(), FittedKernel.fit(history, which), cube.categorical());
            processes.add(process.knowing(running));
        }
    }

    /**
     * The logarithm of the probability that all are kept.
     *
     * @param gradient to which its gradient is added
     */
    double logProbability(double[] place, double[] gradient) {
        double[] byMean = new double[place.length];
        double[] byDeviation = new double[place.length];
        double sum = 0;
        for (GaussianProcess process : processes) {
            Prediction expected = process.predict(place, byMean, byDeviation);
            double z = -expected.mean() / expected.deviation();
            double by = Acquisition.logProbabilitySlope(z) / expected.deviation();
            for (int j = 0; j < gradient.length; j++) {
                gradient[j] += by * (-byMean[j] - z * byDeviation[j]);
            }
            sum += Acquisition.logProbability(z);
        }
        return sum;
    }

    /** The same without a gradient. */
    double logProbability(double[] place) {
        double sum = 0;
        for (GaussianProcess process : processes) {
            Prediction expected = process.predict(place);
            sum += Acquisition.logProbability(-expected.mean() / expected.deviation());
        }
        return sum;
    }
}
