package io.homeostat.drift.statistics.estimation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Makes scores probabilities: isotonic, and only where that is seen to help on rows that were held out. */
final class Calibration {
    private static final int BINS = 10;

    private Calibration() {}

    /** The isotonic fit on all rows if fits on four folds lower the error on the fifth, else the identity. */
    static IsotonicRegression choose(double[] scores, boolean[] positives, long seed) {
        double[] hits = hits(positives);
        Folds folds = new Folds(scores.length, seed);
        double before = 0;
        double after = 0;
        for (int fold = 0; fold < Folds.COUNT; fold++) {
            int[] held = folds.heldOut(fold);
            int[] others = folds.others(fold);
            if (held.length == 0 || others.length == 0) {
                continue;
            }
            IsotonicRegression fitted = IsotonicRegression.fit(at(scores, others), at(hits, others));
            double[] heldScores = at(scores, held);
            double[] heldHits = at(hits, held);
            before += held.length * error(heldScores, heldHits);
            after += held.length
                    * error(Arrays.stream(heldScores).map(fitted::at).toArray(), heldHits);
        }
        return after < before ? IsotonicRegression.fit(scores, hits) : IsotonicRegression.identity();
    }

    /** The expected calibration error over ten bins of as many rows each. */
    static double error(double[] probabilities, double[] hits) {
        int[] order = IntStream.range(0, hits.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> probabilities[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double error = 0;
        for (int bin = 0; bin < BINS; bin++) {
            double gap = 0;
            int to = (int) ((bin + 1L) * order.length / BINS);
            for (int i = (int) ((long) bin * order.length / BINS); i < to; i++) {
                gap += probabilities[order[i]] - hits[order[i]];
            }
            error += Math.abs(gap) / order.length;
        }
        return error;
    }

    private static double[] hits(boolean[] positives) {
        double[] hits = new double[positives.length];
        for (int i = 0; i < hits.length; i++) {
            hits[i] = positives[i] ? 1 : 0;
        }
        return hits;
    }

    private static double[] at(double[] values, int[] rows) {
        return Arrays.stream(rows).mapToDouble(row -> values[row]).toArray();
    }
}
