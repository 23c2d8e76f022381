package io.homeostat.benchmarks.drift;

import io.homeostat.drift.statistics.profile.ReferenceError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Regions of rows by what the learner said of them: the predicted class, cut in three at terciles of the scores.
 *
 * @param cuts rising
 */
record ScoreRegions(double[] cuts) {
    /** The regions of a reference's scores, log odds of class 1. */
    static ScoreRegions of(double[] scores) {
        double[] negative = Arrays.stream(scores).filter(s -> s <= 0).sorted().toArray();
        double[] positive = Arrays.stream(scores).filter(s -> s > 0).sorted().toArray();
        return new ScoreRegions(new double[] {
            tercile(negative, 1), tercile(negative, 2), 0, tercile(positive, 1), tercile(positive, 2),
        });
    }

    private static double tercile(double[] sorted, int tercile) {
        return sorted.length == 0 ? 0 : sorted[Math.min(sorted.length - 1, sorted.length * tercile / 3)];
    }

    int regionOf(double score) {
        int region = 0;
        while (region < cuts.length && score > cuts[region]) {
            region++;
        }
        return region;
    }

    /** The error rate of each region in the first rows; of a region without rows that of a single error. */
    List<ReferenceError> errors(double[] scores, double[] losses, int rows) {
        double[] wrong = new double[cuts.length + 1];
        long[] all = new long[cuts.length + 1];
        for (int i = 0; i < rows; i++) {
            int region = regionOf(scores[i]);
            wrong[region] += losses[i];
            all[region]++;
        }
        List<ReferenceError> errors = new ArrayList<>();
        for (int region = 0; region < all.length; region++) {
            errors.add(
                    all[region] == 0
                            ? ReferenceError.ofRate(1, 1)
                            : ReferenceError.ofRate(wrong[region] / all[region], all[region]));
        }
        return errors;
    }
}
