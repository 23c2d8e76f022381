package io.homeostat.study.sampler;

import io.homeostat.study.space.Configuration;
import io.homeostat.study.trial.History;
import java.util.Arrays;
import java.util.List;

/**
 * Quasi-random search: the trial with number n is at the n-th point of a scrambled Sobol sequence, which fills the space
 * more evenly than chance, and so do its projections on few parameters.
 *
 * <p>Each parameter is a dimension, on its own scale; of one that is not there the coordinate is left out. Where the point
 * is running or was tried, another one is drawn at random. It has no parameters.
 *
 * <p>Example: of the first 16 trials each sixteenth of each parameter's scale has one.
 *
 * <p>References: see {@link SobolPoints}.
 */
public final class SobolSampler implements Sampler {

    @Override
    public Suggestion suggest(SamplerRequest request) {
        Unseen unseen = new Unseen(request);
        Configuration point = request.space().fromUnit(unit(request.finished(), request.seed(), request.trialNumber()));
        if (unseen.test(point)) {
            return new Suggestion(point, "sobol: point " + request.trialNumber());
        }
        return unseen.draw(
                request.random(), "random: point " + request.trialNumber() + " of the Sobol sequence is known");
    }

    /** A point of the sequence in the unit cube of the history's space. */
    static double[] unit(History history, long seed, int index) {
        List<Axis> axes = history.derive(Axes.OF_SPACE).axes();
        SobolPoints points = history.derive(SobolPoints.OF_SPACE);
        double[] unit = new double[history.space().names().size()];
        Arrays.fill(unit, 0.5);
        for (int j = 0; j < axes.size(); j++) {
            unit[axes.get(j).index()] = points.at(index, j, seed);
        }
        return unit;
    }
}
