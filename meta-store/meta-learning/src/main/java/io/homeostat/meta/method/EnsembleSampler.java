package io.homeostat.meta.method;

import io.homeostat.meta.transfer.Past;
import io.homeostat.meta.transfer.Surrogate;
import io.homeostat.study.gp.Acquisition;
import io.homeostat.study.gp.GaussianProcess;
import io.homeostat.study.gp.GaussianProcess.Prediction;
import io.homeostat.study.gp.Hyperparameters;
import io.homeostat.study.gp.MarginalLikelihood;
import io.homeostat.study.gp.Warp;
import io.homeostat.study.sampler.RegressionData;
import io.homeostat.study.sampler.Sampler;
import io.homeostat.study.sampler.SamplerRequest;
import io.homeostat.study.sampler.Suggestion;
import io.homeostat.study.sampler.UnitCube;
import io.homeostat.study.sampler.Unseen;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.History;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Bayesian optimisation with a weighted sum of Gaussian processes: one of each earlier task and, from {@value #LEAST} trials
 * on, one of the trials so far. The candidate of largest expected improvement is suggested; before there is a trial, the one
 * of the best mean. Of more than {@value #MOST} trials the newest are used.
 */
final class EnsembleSampler implements Sampler {
    private static final int LEAST = 3;
    private static final int MOST = 100;
    private static final int EVALUATIONS = 15;
    private static final int CANDIDATES = 300;
    private static final double[] WIDTHS = {0.2, 0.05, 0.01};

    private final String name;
    private final Past past;
    private final Weighting weighting;
    private final UnitCube cube;
    private final List<Configuration> best; // of the tasks

    /** What is known when weights are given. */
    @SuppressWarnings("ArrayRecordComponent") // lives within one suggestion and is never compared
    record Evidence(double[][] tasks, double @Nullable [] leftOut, double[] values) {}

    /** How much each process counts. */
    interface Weighting {
        /**
         * Weights of the tasks, then of the trials' own process; at least 0, their sum above 0.
         *
         * @param evidence task by task what it says of the trials; what the own process says of each trial without it, null as long as
         *     there is none; the trials' values, less being better
         */
        double[] weights(Evidence evidence, RandomGenerator random);

        /** Whether the deviation is the own process's alone. */
        boolean ownDeviation();
    }

    EnsembleSampler(String name, Past past, Weighting weighting) {
        this.name = name;
        this.past = past;
        this.weighting = weighting;
        cube = new UnitCube(past.target().space());
        best = past.tasks().stream()
                .flatMap(task -> task.configurations().stream().limit(3))
                .distinct()
                .limit(CANDIDATES)
                .toList();
    }

    @Override
    public Suggestion suggest(SamplerRequest request) {
        RandomGenerator random = request.random();
        Mixture mixture = mixture(request.finished(), random);
        Unseen unseen = new Unseen(request);
        Configuration chosen = null;
        double most = Double.NEGATIVE_INFINITY;
        for (Configuration candidate : candidates(request, random)) {
            if (unseen.test(candidate)) {
                double score = mixture.score(cube.place(candidate));
                chosen = score > most || chosen == null ? candidate : chosen;
                most = Math.max(score, most);
            }
        }
        if (chosen == null) {
            return unseen.draw(random, "random: " + name + " found none but known points");
        }
        return new Suggestion(
                chosen,
                String.format(
                        Locale.ROOT,
                        "%s: the best of %d candidates by %d earlier tasks, the trials' own weight being %.2f",
                        name,
                        CANDIDATES,
                        past.tasks().size(),
                        mixture.weights[past.tasks().size()]));
    }

    private List<Configuration> candidates(SamplerRequest request, RandomGenerator random) {
        List<Configuration> all = new ArrayList<>(best);
        History history = request.finished();
        int good = Math.min(5, history.ranking().size());
        for (int i = 0; i < CANDIDATES; i++) {
            boolean near = i % 2 == 0 && good > 0;
            all.add(
                    near
                            ? Candidates.near(
                                    cube,
                                    history.get(history.ranking().get(i / 2 % good))
                                            .configuration(),
                                    WIDTHS[random.nextInt(WIDTHS.length)],
                                    random)
                            : request.space().sample(random));
        }
        return all;
    }

    private Mixture mixture(History history, RandomGenerator random) {
        int[] trials = IntStream.range(0, history.size())
                .boxed()
                .sorted(Comparator.comparing(i -> -history.get(i).number()))
                .limit(MOST)
                .mapToInt(Integer::intValue)
                .toArray();
        int n = history.ranking().size() == 0 ? 0 : trials.length;
        if (n == 0) {
            return new Mixture(
                    weighting.weights(new Evidence(new double[past.tasks().size()][0], null, new double[0]), random),
                    null,
                    Double.NaN);
        }
        RegressionData data = RegressionData.of(history, cube, trials);
        Warp warp = new Warp(data.values());
        double[] y = Arrays.stream(data.values()).map(warp::apply).toArray();
        Hyperparameters fit =
                n < LEAST ? null : MarginalLikelihood.fit(data.places(), y, cube.categorical(), EVALUATIONS);
        GaussianProcess own = fit == null ? null : new GaussianProcess(data.places(), y, fit, cube.categorical());
        double[][] places = places(data);
        double[][] said = past.tasks().stream()
                .map(task -> Arrays.stream(places)
                        .mapToDouble(place -> task.surrogate().at(place).mean())
                        .toArray())
                .toArray(double[][]::new);
        double[] leftOut = fit == null ? null : leftOut(data, y, fit);
        Mixture mixture = new Mixture(weighting.weights(new Evidence(said, leftOut, y), random), own, Double.NaN);
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            FinishedTrial trial = history.get(trials[i]);
            least = trial.complete() ? Math.min(least, mixture.at(places[i]).mean()) : least;
        }
        return new Mixture(mixture.weights, own, least);
    }

    private double[][] places(RegressionData data) {
        int d = cube.count();
        double[][] places = new double[data.size()][];
        for (int i = 0; i < places.length; i++) {
            places[i] = Arrays.copyOfRange(data.places(), i * d, (i + 1) * d);
        }
        return places;
    }

    /* With the same hyperparameters. */
    private double[] leftOut(RegressionData data, double[] y, Hyperparameters fit) {
        int d = cube.count();
        int n = y.length;
        double[] said = new double[n];
        for (int i = 0; i < n; i++) {
            double[] places = new double[(n - 1) * d];
            double[] values = new double[n - 1];
            System.arraycopy(data.places(), 0, places, 0, i * d);
            System.arraycopy(data.places(), (i + 1) * d, places, i * d, (n - 1 - i) * d);
            System.arraycopy(y, 0, values, 0, i);
            System.arraycopy(y, i + 1, values, i, n - 1 - i);
            said[i] = new GaussianProcess(places, values, fit, cube.categorical())
                    .predict(Arrays.copyOfRange(data.places(), i * d, (i + 1) * d))
                    .mean();
        }
        return said;
    }

    /** The sum of the processes. */
    private final class Mixture {
        private final double[] weights; // Σ = 1
        private final @Nullable GaussianProcess own;
        private final double least;

        Mixture(double[] weights, @Nullable GaussianProcess own, double least) {
            double sum = Arrays.stream(weights).sum();
            this.weights = Arrays.stream(weights).map(w -> w / sum).toArray();
            this.own = own;
            this.least = least;
        }

        Prediction at(double[] place) {
            double mean = 0;
            double variance = 0;
            int tasks = past.tasks().size();
            for (int t = 0; t < tasks; t++) {
                if (weights[t] > 0) {
                    Surrogate surrogate = past.tasks().get(t).surrogate();
                    Prediction said = surrogate.at(place);
                    mean += weights[t] * said.mean();
                    variance += Math.pow(weights[t] * said.deviation(), 2);
                }
            }
            if (own != null) {
                Prediction said = own.predict(place);
                mean += weights[tasks] * said.mean();
                variance += Math.pow(weights[tasks] * said.deviation(), 2);
                variance = weighting.ownDeviation() ? said.deviation() * said.deviation() : variance;
            }
            return new Prediction(mean, Math.sqrt(Math.max(1e-12, variance)));
        }

        double score(double[] place) {
            Prediction said = at(place);
            return Double.isNaN(least)
                    ? -said.mean()
                    : Acquisition.LOG_EI.of(said, least, 0).value();
        }
    }
}
