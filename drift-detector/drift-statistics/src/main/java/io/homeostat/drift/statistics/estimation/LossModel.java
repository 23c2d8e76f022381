package io.homeostat.drift.statistics.estimation;

import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.util.Arrays;

/**
 * A loss expected from features, and how far the losses of such rows scatter around it. Five boosted trees, each fitted
 * without one fold; what they disagree on is what the reference does not say.
 */
final class LossModel {
    private final BoostedTrees[] trees;
    private final IsotonicRegression scatter;

    private LossModel(BoostedTrees[] trees, IsotonicRegression scatter) {
        this.trees = trees;
        this.scatter = scatter;
    }

    /** Fits all rows; the scatter is what each fold's model leaves over on the rows that it has not seen. */
    static LossModel fit(double[][] rows, double[] losses, long seed) {
        Folds folds = new Folds(rows.length, seed);
        BoostedTrees[] trees = new BoostedTrees[Folds.COUNT];
        double[] expected = new double[rows.length];
        double[] leftOver = new double[rows.length];
        for (int fold = 0; fold < Folds.COUNT; fold++) {
            int[] others = folds.others(fold);
            // the only rows of a tiny reference may all be in one fold
            int[] used = others.length == 0 ? folds.heldOut(fold) : others;
            trees[fold] = BoostedTrees.fit(
                    Arrays.stream(used).mapToObj(i -> rows[i]).toArray(double[][]::new),
                    Arrays.stream(used).mapToDouble(i -> losses[i]).toArray());
            for (int i : folds.heldOut(fold)) {
                expected[i] = Math.max(0, trees[fold].predict(rows[i]));
                leftOver[i] = (losses[i] - expected[i]) * (losses[i] - expected[i]);
            }
        }
        return new LossModel(trees, IsotonicRegression.fit(expected, leftOver));
    }

    /** What each fold's model expects. */
    double[] expected(double[] row) {
        return Arrays.stream(trees)
                .mapToDouble(model -> Math.max(0, model.predict(row)))
                .toArray();
    }

    double variance(double expected) {
        return scatter.at(expected);
    }

    void write(StateWriter out) {
        for (BoostedTrees model : trees) {
            out.bytes(model.toBytes());
        }
        out.bytes(scatter.toBytes());
    }

    static LossModel read(StateReader in) {
        BoostedTrees[] trees = new BoostedTrees[Folds.COUNT];
        for (int fold = 0; fold < Folds.COUNT; fold++) {
            trees[fold] = BoostedTrees.fromBytes(in.bytes());
        }
        return new LossModel(trees, IsotonicRegression.fromBytes(in.bytes()));
    }
}
