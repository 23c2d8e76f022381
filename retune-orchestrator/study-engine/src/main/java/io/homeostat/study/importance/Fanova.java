package io.homeostat.study.importance;

import io.homeostat.study.space.Parameter;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.History;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Functional analysis of variance: which share of the objective's variance over the whole space each parameter explains
 * alone, averaged over all values of the others, and which share two explain together beyond that, by a random forest of
 * {@value #TREES} trees. Choices of a categorical parameter have no order.
 *
 * <p>The shares of parameters and pairs add up to at most 1; what is missing are interactions of three and more. All are 0
 * if the objective does not vary or there are fewer than two complete trials. A parameter that is not active counts as in
 * the middle of its scale. At most the newest {@value #MOST_TRIALS} complete trials are looked at, for pairs
 * {@value #MOST_TRIALS_FOR_PAIRS}, and pairs of the {@value #MOST_PAIRED} parameters that explain most alone.
 *
 * <p>Worked example: for y = 3·a + b, a and b even on [0, 1], a explains 9/10 and b 1/10; for y = (a − ½)·(b − ½) neither
 * explains anything alone, and the pair all.
 *
 * <p>Cost: O(trees · parameters · n·log²n), and O(trees · n²) per pair. Reference: F. Hutter, H. Hoos, K. Leyton-Brown, An
 * Efficient Approach for Assessing Hyperparameter Importance, ICML 2014.
 */
public final class Fanova {
    private static final int TREES = 64;
    private static final int MOST_TRIALS = 1000;
    private static final int MOST_TRIALS_FOR_PAIRS = 300;
    private static final int MOST_PAIRED = 12;

    private Fanova() {}

    /**
     * The importances, largest first.
     *
     * @param objective index of the objective
     * @param seed of the forest's chance
     */
    public static List<Importance> of(History history, int objective, long seed) {
        double[] shares = new double[history.space().names().size()];
        for (Marginals tree : trees(history, objective, seed, MOST_TRIALS)) {
            for (int j = 0; j < shares.length; j++) {
                shares[j] += Math.min(1, tree.variance(j) / tree.variance()) / TREES;
            }
        }
        return Importance.sorted(history.space().names(), shares);
    }

    /**
     * What pairs of parameters explain together, largest first.
     *
     * @param objective index of the objective
     * @param seed of the forest's chance
     */
    public static List<Interaction> pairs(History history, int objective, long seed) {
        List<String> names = history.space().names();
        int[] paired = names.size() <= MOST_PAIRED
                ? IntStream.range(0, names.size()).toArray()
                : of(history, objective, seed).stream()
                        .limit(MOST_PAIRED)
                        .mapToInt(each -> names.indexOf(each.parameter()))
                        .sorted()
                        .toArray();
        double[][] shares = new double[names.size()][names.size()];
        for (Marginals tree : trees(history, objective, seed, MOST_TRIALS_FOR_PAIRS)) {
            for (int one : paired) {
                for (int other : paired) {
                    if (one < other) {
                        double beyond = tree.variance(one, other) - tree.variance(one) - tree.variance(other);
                        shares[one][other] += Math.min(1, Math.max(0, beyond / tree.variance())) / TREES;
                    }
                }
            }
        }
        List<Interaction> all = new ArrayList<>();
        for (int one : paired) {
            for (int other : paired) {
                if (one < other) {
                    all.add(new Interaction(names.get(one), names.get(other), shares[one][other]));
                }
            }
        }
        all.sort(Comparator.comparingDouble(Interaction::share).reversed());
        return List.copyOf(all);
    }

    /** Those whose values vary. */
    private static List<Marginals> trees(History history, int objective, long seed, int most) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < history.size(); i++) {
            if (history.get(i).complete()) {
                places.add(i);
            }
        }
        places.sort(Comparator.comparingInt(i -> history.get(i).number()));
        places = places.subList(Math.max(0, places.size() - most), places.size());
        if (places.size() < 2) {
            return List.of();
        }
        List<Scale> scales = history.space().parameters().values().stream()
                .map((Parameter parameter) -> Scale.of(parameter))
                .toList();
        double[][] x = places.stream().map(i -> known(history.unit(i))).toArray(double[][]::new);
        double[] y = scaled(places.stream()
                .map(history::get)
                .mapToDouble((FinishedTrial trial) -> trial.value(objective))
                .toArray());
        SplittableRandom random = new SplittableRandom(seed);
        List<Marginals> trees = new ArrayList<>();
        for (int t = 0; t < TREES; t++) {
            Marginals tree = new Marginals(scales, RegressionTree.grow(scales, x, y, random.split()));
            if (tree.variance() > 0) {
                trees.add(tree);
            }
        }
        return trees;
    }

    /* Within ±1 around their mean: in sums of squares a large mean, or a small unit, would swallow how they vary. */
    private static double[] scaled(double[] y) {
        double[] sizes = over(y, largest(y));
        double mean = Arrays.stream(sizes).average().orElse(0);
        double[] centred = Arrays.stream(sizes).map(size -> size - mean).toArray();
        return over(centred, largest(centred));
    }

    private static double largest(double[] y) {
        return Arrays.stream(y).map(Math::abs).max().orElse(0);
    }

    private static double[] over(double[] y, double unit) {
        return Arrays.stream(y).map(value -> unit == 0 ? 0 : value / unit).toArray();
    }

    private static double[] known(double[] unit) {
        for (int j = 0; j < unit.length; j++) {
            unit[j] = Double.isNaN(unit[j]) ? 0.5 : unit[j];
        }
        return unit;
    }
}
