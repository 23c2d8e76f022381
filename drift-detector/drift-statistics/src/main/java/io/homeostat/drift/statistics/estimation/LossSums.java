package io.homeostat.drift.statistics.estimation;

import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.util.Arrays;

/** What is expected of one loss over a chunk: a sum for each fold's model, and the rows' own variance. */
final class LossSums {
    private final double[] sums = new double[Folds.COUNT];
    private double scatter;

    void add(LossModel model, double[] row) {
        double[] expected = model.expected(row);
        for (int fold = 0; fold < sums.length; fold++) {
            sums[fold] += expected[fold];
        }
        scatter += model.variance(Arrays.stream(expected).average().orElseThrow());
    }

    void merge(LossSums other) {
        for (int fold = 0; fold < sums.length; fold++) {
            sums[fold] += other.sums[fold];
        }
        scatter += other.scatter;
    }

    /**
     * The mean loss of n rows. Its variance is the rows' own chance, and that of the models: by the jackknife over the
     * folds, but no less than if a mean had been learned from as many rows as the reference has.
     */
    Expected mean(long n, long referenceRows) {
        double mean = Arrays.stream(sums).average().orElseThrow() / n;
        double spread = Arrays.stream(sums)
                .map(sum -> (sum / n - mean) * (sum / n - mean))
                .sum();
        double own = scatter / n;
        double jackknife = spread * (Folds.COUNT - 1) / Folds.COUNT;
        return new Expected(mean, own / n + Math.max(jackknife, own / referenceRows));
    }

    void write(StateWriter out) {
        for (double sum : sums) {
            out.real(sum);
        }
        out.real(scatter);
    }

    void read(StateReader in) {
        for (int fold = 0; fold < sums.length; fold++) {
            sums[fold] = in.real();
        }
        scatter = in.real();
    }
}
