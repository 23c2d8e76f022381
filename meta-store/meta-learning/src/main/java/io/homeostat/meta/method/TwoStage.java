package io.homeostat.meta.method;

import io.homeostat.meta.method.EnsembleSampler.Evidence;
import io.homeostat.meta.transfer.Past;
import io.homeostat.study.sampler.Sampler;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Two-stage transfer surrogate with rankings (TST-R).
 *
 * <p>Idea: an earlier task with the share q of the trials' pairs in the wrong order counts ¾(1 − t²) for t = q/ρ below 1, else
 * not at all; the trials' own process counts ¾, and its deviation is that of the sum. ρ = {@value #WIDTH}: chance counts
 * nothing. Without pairs all count the same.
 *
 * <p>Parameters: {@code sampler}, who searches where there is no past; default {@code auto}.
 *
 * <p>Reference: M. Wistuba et al., Two-Stage Transfer Surrogate Model for Automatic Hyperparameter Optimization, ECML 2016.
 */
record TwoStage(Supplier<Sampler> otherwise) implements Transfer, EnsembleSampler.Weighting {
    private static final double WIDTH = 0.5;
    private static final double MOST = 0.75;

    @Override
    public Sampler sampler(Past past) {
        return past.tasks().isEmpty() ? otherwise.get() : new EnsembleSampler("tstr", past, this);
    }

    @Override
    public boolean ownDeviation() {
        return true;
    }

    @Override
    public double[] weights(Evidence evidence, RandomGenerator random) {
        int tasks = evidence.tasks().length;
        double[] weights = new double[tasks + 1];
        for (int t = 0; t < tasks; t++) {
            double far = Agreement.discordant(evidence.tasks()[t], evidence.values()) / WIDTH;
            weights[t] = far < 1 ? MOST * (1 - far * far) : 0;
        }
        weights[tasks] = evidence.leftOut() == null ? 0 : MOST;
        if (Arrays.stream(weights).sum() == 0) {
            Arrays.fill(weights, 0, tasks, 1);
        }
        return weights;
    }
}
