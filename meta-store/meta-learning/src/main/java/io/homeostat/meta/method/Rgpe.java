package io.homeostat.meta.method;

import io.homeostat.meta.method.EnsembleSampler.Evidence;
import io.homeostat.meta.transfer.Past;
import io.homeostat.study.sampler.Sampler;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Ranking-weighted Gaussian process ensemble.
 *
 * <p>Idea: a process is worth what it knows of the order of the trials. Of {@value #BOOTSTRAPS} bootstraps of the trials
 * each goes to the process that gets the fewest pairs wrong, the trials' own being asked about each trial without it; ties
 * are shared. A task's weight is the share of bootstraps it won. A task that is worse than the own process in many of them is
 * left out with probability 1 − (1 − n/{@value #DILUTION})·P(better), so that many useless tasks do not add up.
 *
 * <p>Parameters: {@code sampler}, who searches where there is no past; default {@code auto}.
 *
 * <p>Reference: M. Feurer et al., Practical Transfer Learning for Bayesian Optimization, arXiv 1802.02219, 2018.
 */
record Rgpe(Supplier<Sampler> otherwise) implements Transfer, EnsembleSampler.Weighting {
    private static final int BOOTSTRAPS = 100;
    private static final double DILUTION = 50;

    @Override
    public Sampler sampler(Past past) {
        return past.tasks().isEmpty() ? otherwise.get() : new EnsembleSampler("rgpe", past, this);
    }

    @Override
    public boolean ownDeviation() {
        return false;
    }

    @Override
    public double[] weights(Evidence evidence, RandomGenerator random) {
        int tasks = evidence.tasks().length;
        double[] weights = new double[tasks + 1];
        if (evidence.leftOut() == null) {
            Arrays.fill(weights, 0, tasks, 1);
            return weights;
        }
        int[][] losses = losses(evidence, random);
        boolean[] dropped = dropped(losses, evidence.values().length, random);
        for (int[] loss : losses) {
            int least = Integer.MAX_VALUE;
            for (int t = 0; t <= tasks; t++) {
                least = dropped[t] ? least : Math.min(least, loss[t]);
            }
            int winners = 0;
            for (int t = 0; t <= tasks; t++) {
                winners += !dropped[t] && loss[t] == least ? 1 : 0;
            }
            for (int t = 0; t <= tasks; t++) {
                weights[t] += !dropped[t] && loss[t] == least ? 1.0 / winners : 0;
            }
        }
        return weights;
    }

    /* Bootstrap by bootstrap, process by process: pairs in the wrong order. */
    private static int[][] losses(Evidence evidence, RandomGenerator random) {
        double[] y = evidence.values();
        int tasks = evidence.tasks().length;
        int[][] losses = new int[BOOTSTRAPS][tasks + 1];
        for (int[] loss : losses) {
            int[] drawn = random.ints(y.length, 0, y.length).toArray();
            for (int t = 0; t <= tasks; t++) {
                loss[t] = discordant(drawn, t < tasks ? evidence.tasks()[t] : evidence.leftOut(), y, t == tasks);
            }
        }
        return losses;
    }

    /* The own process is compared with the value itself, as what it says of two trials comes from two processes. */
    private static int discordant(int[] drawn, double @Nullable [] said, double[] y, boolean own) {
        int wrong = 0;
        for (int i : drawn) {
            for (int j : drawn) {
                double other = said == null ? 0 : own ? y[j] : said[j];
                boolean below = said != null && said[i] < other;
                wrong += y[i] != y[j] && below != y[i] < y[j] ? 1 : 0;
            }
        }
        return wrong;
    }

    private static boolean[] dropped(int[][] losses, int trials, RandomGenerator random) {
        int tasks = losses[0].length - 1;
        boolean[] dropped = new boolean[tasks + 1];
        for (int t = 0; t < tasks; t++) {
            int better = 0;
            for (int[] loss : losses) {
                better += loss[t] < loss[tasks] ? 1 : 0;
            }
            double kept = Math.max(0, 1 - trials / DILUTION) * better / losses.length;
            dropped[t] = random.nextDouble() >= kept;
        }
        return dropped;
    }
}
