package io.homeostat.meta.method;

import io.homeostat.meta.transfer.Past;
import io.homeostat.meta.transfer.PastTask;
import io.homeostat.meta.transfer.Surrogate;
import io.homeostat.study.gp.GaussianProcess.Prediction;
import io.homeostat.study.gp.Matern;
import io.homeostat.study.sampler.UnitCube;
import io.homeostat.study.space.Configuration;
import java.util.Arrays;
import java.util.List;

/**
 * What a new task may be like, by those of the past: like all of them together, or like one of them, up to a smooth
 * difference. In deviations of a task's values, less being better.
 *
 * <p><b>Idea.</b> Each task t has a surrogate with mean f_t(x) and deviation σ_t(x), which knows more or less of a point: its
 * precision there is p_t = 1/σ_t² − 1/σ₀². With a weight w_t per task, see {@link Relevance},
 *
 * <pre>
 * μ(x)   = Σ w_t·p_t·f_t / (1 + Σ w_t·p_t)            what all say together, 0 where nobody knows
 * u(x)   = 1 / (1 + Σ w_t·p_t)                        how little they know
 * μ_t(x) = μ(x) + (1 − σ_t²/σ₀²)·(f_t(x) − μ(x))      the same in the eyes of task t, as far as it knows
 * </pre>
 *
 * The new task's mean is μ with probability {@value #TOGETHER}, else μ_t with a probability in proportion to w_t; it differs from
 * that by a process with covariance (√(u·u') + {@value #DIFFERENCE})·matern(x, x'). A mixture of tasks, unlike a covariance
 * learned from them, knows that a point that was terrible once and good ten times is never better than good.
 *
 * <p>References: V. Tresp, A Bayesian Committee Machine, Neural Computation 2000; M. Wistuba et al., Scalable Gaussian
 * Process-Based Transfer Surrogates for Hyperparameter Optimization, Machine Learning 2018 (expected improvement over tasks).
 */
final class CommonGround {
    static final double TOGETHER = 0.5;
    static final double DIFFERENCE = 0.3;

    private final List<PastTask> tasks;
    private final UnitCube cube;
    private final double[] weights; // the largest is 1
    private final double[] lengths;
    private final Matern kernel;

    /**
     * A point as the tasks see it.
     *
     * @param place in the unit cube
     * @param means μ, then μ_t of each task
     * @param unknown u
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Seen(double[] place, double[] means, double unknown) {
        /** What all say together. */
        double mean() {
            return means[0];
        }
    }

    /**
     * @param weights of the tasks, the largest being 1
     */
    CommonGround(Past past, double[] weights) {
        tasks = past.tasks();
        cube = new UnitCube(past.target().space());
        this.weights = weights.clone();
        lengths = lengths();
        kernel = new Matern(lengths, cube.categorical());
    }

    /* The geometric mean of the tasks'. */
    private double[] lengths() {
        double[] logs = new double[cube.count()];
        double all = Arrays.stream(weights).sum();
        for (int t = 0; t < tasks.size(); t++) {
            double[] theirs = tasks.get(t).surrogate().lengths();
            for (int j = 0; j < logs.length; j++) {
                logs[j] += weights[t] / all * Math.log(theirs[j]);
            }
        }
        return Arrays.stream(logs).map(Math::exp).toArray();
    }

    /** The prior probability of each mean of {@link Seen#means}. */
    double[] probabilities() {
        double[] probabilities = new double[weights.length + 1];
        double all = Arrays.stream(weights).sum();
        probabilities[0] = TOGETHER;
        for (int t = 0; t < weights.length; t++) {
            probabilities[t + 1] = (1 - TOGETHER) * weights[t] / all;
        }
        return probabilities;
    }

    /** How the tasks see a configuration. */
    Seen seen(Configuration configuration) {
        double[] place = cube.place(configuration);
        double[] f = new double[tasks.size()];
        double[] known = new double[f.length];
        double precisions = 1;
        double sum = 0;
        for (int t = 0; t < f.length; t++) {
            Surrogate surrogate = tasks.get(t).surrogate();
            Prediction said = surrogate.at(place);
            double share = Math.pow(said.deviation() / surrogate.priorDeviation(), 2);
            share = Math.min(1, Math.max(1e-3, share));
            f[t] = said.mean();
            known[t] = 1 - share;
            precisions += weights[t] * (1 / share - 1);
            sum += weights[t] * (1 / share - 1) * f[t];
        }
        double[] means = new double[f.length + 1];
        means[0] = sum / precisions;
        for (int t = 0; t < f.length; t++) {
            means[t + 1] = means[0] + known[t] * (f[t] - means[0]);
        }
        return new Seen(place, means, 1 / precisions);
    }

    /** The covariance of what is different in a new task. */
    double difference(Seen a, Seen b) {
        return (Math.sqrt(a.unknown * b.unknown) + DIFFERENCE) * alike(a, b);
    }

    /** The covariance of a task about which nothing is known. */
    double alike(Seen a, Seen b) {
        return Matern.value(kernel.distance(a.place, b.place, 0));
    }
}
