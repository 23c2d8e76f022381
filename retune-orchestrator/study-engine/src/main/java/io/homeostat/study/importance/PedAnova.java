package io.homeostat.study.importance;

import io.homeostat.study.trial.History;
import io.homeostat.study.trial.Ranking;
import java.util.Arrays;
import java.util.List;

/**
 * Which parameters set the best trials apart: how far the best tenth is distributed differently from all, by Pearson's
 * divergence of one-dimensional densities. Choices of a categorical parameter have no order, so none counts for its
 * neighbours.
 *
 * <p>The shares add up to 1; all are 0 with fewer than {@value #FEWEST} trials with a value or if nothing differs. Unlike
 * {@link Fanova} it says what matters for getting from good to best, ignores how bad the bad ones are, and counts a
 * conditional parameter by the trials that have it. Pruned trials count among the rest.
 *
 * <p>Cost: O(parameters · n). Reference: S. Watanabe, A. Bansal, F. Hutter, PED-ANOVA: Efficiently Quantifying
 * Hyperparameter Importance in Arbitrary Subspaces, IJCAI 2023.
 */
public final class PedAnova {
    private static final int FEWEST = 10;
    private static final double BEST = 0.1;
    private static final int CELLS = 50;

    private PedAnova() {}

    /** The importances for the first objective, largest first. */
    public static List<Importance> of(History history) {
        Ranking ranking = history.ranking();
        int parameters = history.space().names().size();
        double[] shares = new double[parameters];
        if (ranking.size() >= FEWEST) {
            int top = (int) Math.ceil(BEST * ranking.size());
            for (int j = 0; j < parameters; j++) {
                shares[j] = divergence(density(history, j, top), density(history, j, ranking.size()));
            }
            double sum = Arrays.stream(shares).sum();
            for (int j = 0; j < parameters && sum > 0; j++) {
                shares[j] /= sum;
            }
        }
        return Importance.sorted(history.space().names(), shares);
    }

    private static double divergence(double[] top, double[] all) {
        double sum = 0;
        for (int cell = 0; cell < all.length; cell++) {
            double ratio = top[cell] / all[cell] - 1;
            sum += all[cell] * ratio * ratio;
        }
        return sum;
    }

    /* Of the best so many trials, mixed with an even one of the weight of one trial, or, of choices, of one for each. */
    private static double[] density(History history, int parameter, int best) {
        Scale scale = Scale.of(history.space().parameter(history.space().names().get(parameter)));
        double[] counts = new double[scale.categorical() ? scale.cells() : CELLS];
        int active = 0;
        for (int rank = 0; rank < best; rank++) {
            double unit = history.unit(history.ranking().get(rank), parameter);
            if (!Double.isNaN(unit)) {
                counts[scale.categorical() ? scale.cell(unit) : (int) Math.min(CELLS - 1, unit * CELLS)]++;
                active++;
            }
        }
        double even = scale.categorical() ? counts.length : 1;
        double[] density = scale.categorical() ? counts : smoothed(counts, active);
        double all = active + even;
        return Arrays.stream(density)
                .map(count -> (count + even / density.length) / all)
                .toArray();
    }

    /* By Scott's rule for an even density on [0, 1]. */
    private static double[] smoothed(double[] counts, int active) {
        double width = Math.max(0.5, CELLS * Math.pow(Math.max(1, active), -0.2) / Math.sqrt(12));
        double[] smoothed = new double[CELLS];
        for (int cell = 0; cell < CELLS; cell++) {
            if (counts[cell] > 0) {
                spread(smoothed, cell, counts[cell], width);
            }
        }
        return smoothed;
    }

    private static void spread(double[] density, int cell, double weight, double width) {
        double[] kernel = new double[CELLS];
        double sum = 0;
        for (int other = 0; other < CELLS; other++) {
            double z = (other - cell) / width;
            kernel[other] = Math.exp(-z * z / 2);
            sum += kernel[other];
        }
        for (int other = 0; other < CELLS; other++) {
            density[other] += weight * kernel[other] / sum;
        }
    }
}
