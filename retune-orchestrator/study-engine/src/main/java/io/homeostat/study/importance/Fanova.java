package io.homeostat.study.importance;

import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.History;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Functional analysis of variance: which share of the objective's variance over the whole space each parameter explains
 * alone, averaged over all values of the others, by a random forest of {@value #TREES} trees.
 *
 * <p>The shares add up to at most 1; what is missing are interactions. All are 0 if the objective does not vary or there
 * are fewer than two complete trials. A parameter that is not active counts as in the middle of its scale. At most the
 * newest {@value #MOST_TRIALS} complete trials are looked at.
 *
 * <p>Worked example: for y = 3·a + b, a and b even on [0, 1], a explains 9/10 and b 1/10.
 *
 * <p>Cost: O(trees · parameters · n·log²n). Reference: F. Hutter, H. Hoos, K. Leyton-Brown, An Efficient Approach for
 * Assessing Hyperparameter Importance, ICML 2014.
 */
public final class Fanova {
    private static final int TREES = 64;
    private static final int MOST_TRIALS = 1000;

    private Fanova() {}

    /**
     * The importances, largest first.
     *
     * @param objective index of the objective
     * @param seed of the forest's chance
     */
    public static List<Importance> of(History history, int objective, long seed) {
        int parameters = history.space().names().size();
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < history.size(); i++) {
            if (history.get(i).complete()) {
                places.add(i);
            }
        }
        places.sort(Comparator.comparingInt(i -> history.get(i).number()));
        places = places.subList(Math.max(0, places.size() - MOST_TRIALS), places.size());
        double[] shares = new double[parameters];
        if (places.size() >= 2) {
            double[][] x = places.stream().map(i -> known(history.unit(i))).toArray(double[][]::new);
            double[] y = places.stream()
                    .map(history::get)
                    .mapToDouble((FinishedTrial trial) -> trial.value(objective))
                    .toArray();
            addTrees(x, y, new SplittableRandom(seed), shares);
        }
        return Importance.sorted(history.space().names(), shares);
    }

    private static double[] known(double[] unit) {
        for (int j = 0; j < unit.length; j++) {
            unit[j] = Double.isNaN(unit[j]) ? 0.5 : unit[j];
        }
        return unit;
    }

    private static void addTrees(double[][] x, double[] y, SplittableRandom random, double[] shares) {
        for (int t = 0; t < TREES; t++) {
            List<RegressionTree.Leaf> leaves = RegressionTree.grow(x, y, random.split());
            double mean = 0;
            double square = 0;
            for (RegressionTree.Leaf leaf : leaves) {
                mean += leaf.volume() * leaf.value();
                square += leaf.volume() * leaf.value() * leaf.value();
            }
            double variance = square - mean * mean;
            for (int j = 0; j < shares.length && variance > 0; j++) {
                shares[j] += Math.min(1, variance(leaves, j, mean) / variance) / TREES;
            }
        }
    }

    /** The variance of the mean over all other parameters, as one parameter changes. */
    private static double variance(List<RegressionTree.Leaf> leaves, int parameter, double mean) {
        TreeSet<Double> borders = new TreeSet<>(List.of(0.0, 1.0));
        leaves.forEach(leaf -> borders.add(leaf.low()[parameter]));
        double variance = 0;
        double from = 0;
        for (double to : borders.tailSet(0.0, false)) {
            double marginal = 0;
            for (RegressionTree.Leaf leaf : leaves) {
                double width = leaf.high()[parameter] - leaf.low()[parameter];
                if (leaf.low()[parameter] <= from && leaf.high()[parameter] >= to) {
                    marginal += leaf.value() * leaf.volume() / width;
                }
            }
            variance += (to - from) * (marginal - mean) * (marginal - mean);
            from = to;
        }
        return variance;
    }
}
