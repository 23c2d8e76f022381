package io.homeostat.benchmarks.drift;

import java.util.Arrays;

/**
 * Incremental naive Bayes of two classes: a normal density per class and numeric feature, smoothed counts per class and
 * categorical feature.
 */
final class NaiveBayes {
    private static final double LEAST_VARIANCE = 1e-9;

    private final int[] categories;
    private final double[] rows = new double[2];
    private final double[][] means;
    private final double[][] squares;
    private final double[][][] counts;

    /**
     * A learner that has seen nothing.
     *
     * @param categories per feature the number of its categories 0, 1, …; 0 for a numeric feature
     */
    NaiveBayes(int... categories) {
        this.categories = categories.clone();
        means = new double[2][categories.length];
        squares = new double[2][categories.length];
        counts = new double[2][categories.length][];
        for (double[][] perClass : counts) {
            Arrays.setAll(perClass, feature -> new double[categories[feature]]);
        }
    }

    /** The more probable class, 0 or 1. */
    int predict(double[] features) {
        return logOdds(features) > 0 ? 1 : 0;
    }

    /** The logarithm of the odds of class 1. */
    double logOdds(double[] features) {
        return score(features, 1) - score(features, 0);
    }

    /** Takes a row whose class is known. */
    void learn(double[] features, int label) {
        rows[label]++;
        for (int f = 0; f < features.length; f++) {
            if (categories[f] > 0) {
                counts[label][f][(int) features[f]]++;
                continue;
            }
            double off = features[f] - means[label][f];
            means[label][f] += off / rows[label];
            squares[label][f] += off * (features[f] - means[label][f]);
        }
    }

    private double score(double[] features, int label) {
        double n = rows[label];
        double score = Math.log((n + 1) / (rows[0] + rows[1] + 2));
        for (int f = 0; f < features.length; f++) {
            if (categories[f] > 0) {
                score += Math.log((counts[label][f][(int) features[f]] + 1) / (n + categories[f]));
            } else if (n > 1) {
                double variance = Math.max(LEAST_VARIANCE, squares[label][f] / n);
                double off = features[f] - means[label][f];
                score -= 0.5 * (Math.log(2 * Math.PI * variance) + off * off / variance);
            }
        }
        return score;
    }
}
