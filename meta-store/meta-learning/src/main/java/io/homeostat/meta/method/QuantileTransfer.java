package io.homeostat.meta.method;

import io.homeostat.meta.transfer.Past;
import io.homeostat.meta.transfer.PastTask;
import io.homeostat.study.sampler.Sampler;
import io.homeostat.study.sampler.SamplerRequest;
import io.homeostat.study.sampler.Suggestion;
import io.homeostat.study.sampler.UnitCube;
import io.homeostat.study.sampler.Unseen;
import io.homeostat.study.space.Configuration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.jspecify.annotations.Nullable;

/**
 * Copula Thompson sampling: values of earlier tasks are made comparable by their ranks, z = Φ⁻¹((rank + ½)/n), and one
 * regression over all of them says what to expect of a configuration, μ(x), and another how far off that is, σ(x). Of
 * {@value #CANDIDATES} random points and the best of earlier tasks the one with the best draw from N(μ, σ²) is suggested. Trials
 * of the study itself change nothing.
 *
 * <p>Of each task at most {@value #PER_TASK} evaluations are used. Parameters: {@code sampler}, who searches where there is no
 * past; default {@code auto}.
 *
 * <p>Reference: D. Salinas et al., A Quantile-based Approach for Hyperparameter Transfer Learning, ICML 2020.
 */
record QuantileTransfer(Supplier<Sampler> otherwise) implements Transfer {
    private static final int CANDIDATES = 1000;
    private static final int PER_TASK = 150;
    private static final double LEAST_DEVIATION = 0.05;

    @Override
    public Sampler sampler(Past past) {
        return past.tasks().isEmpty() ? otherwise.get() : new Quantiles(past);
    }

    private static final class Quantiles implements Sampler {
        private final UnitCube cube;
        private final List<Configuration> best = new ArrayList<>();
        private final BoostedTrees mean;
        private final BoostedTrees square;

        Quantiles(Past past) {
            cube = new UnitCube(past.target().space());
            List<double[]> x = new ArrayList<>();
            List<Double> z = new ArrayList<>();
            for (PastTask task : past.tasks()) {
                add(task, x, z);
                best.add(task.configurations().get(0));
            }
            double[][] places = x.toArray(double[][]::new);
            double[] values = z.stream().mapToDouble(Double::doubleValue).toArray();
            mean = new BoostedTrees(places, values);
            double[] squares = new double[values.length];
            for (int i = 0; i < squares.length; i++) {
                squares[i] = Math.pow(values[i] - mean.at(places[i]), 2);
            }
            square = new BoostedTrees(places, squares);
        }

        private void add(PastTask task, List<double[]> x, List<Double> z) {
            NormalDistribution normal = new NormalDistribution(null, 0, 1);
            int n = task.configurations().size();
            int used = Math.min(n, PER_TASK);
            for (int i = 0; i < used; i++) {
                int rank = (int) ((long) i * n / used);
                x.add(cube.place(task.configurations().get(rank)));
                z.add(normal.inverseCumulativeProbability((rank + 0.5) / n));
            }
        }

        @Override
        public Suggestion suggest(SamplerRequest request) {
            RandomGenerator random = request.random();
            Unseen unseen = new Unseen(request);
            @Nullable Configuration chosen = null;
            double least = Double.POSITIVE_INFINITY;
            for (int i = 0; i < CANDIDATES + best.size(); i++) {
                Configuration candidate =
                        i < best.size() ? best.get(i) : request.space().sample(random);
                double[] place = cube.place(candidate);
                double deviation = Math.max(LEAST_DEVIATION, Math.sqrt(Math.max(0, square.at(place))));
                double drawn = mean.at(place) + deviation * random.nextGaussian();
                if (drawn < least && unseen.test(candidate)) {
                    least = drawn;
                    chosen = candidate;
                }
            }
            if (chosen == null) {
                return unseen.draw(random, "random: quantile found none but known points");
            }
            String reason = String.format(
                    Locale.ROOT, "quantile: the best draw, %.2f, of %d candidates", least, CANDIDATES + best.size());
            return new Suggestion(chosen, reason);
        }
    }
}
