package io.homeostat.drift.statistics.performance;

import java.util.Optional;

/**
 * How many rows of each actual class (first index) were predicted to be of each class (second index); also expected
 * numbers, which need not be whole.
 *
 * <p>Precision, recall and F1 of a class are TP / (α·actual + (1 − α)·predicted) with α = 0, 1 and ½. The mean over
 * classes with something below the line is taken; its standard error is that of the delta method for multinomial
 * cells.
 */
public final class ConfusionMatrix {
    private static final double PRECISION = 0;
    private static final double RECALL = 1;
    private static final double F1 = 0.5;

    private final double[][] share;
    private final double[] actual;
    private final double[] predicted;
    private final double n;

    /**
     * A matrix.
     *
     * @param cells square, each at least 0; the sum is the number of rows
     */
    public ConfusionMatrix(double[][] cells) {
        int classes = cells.length;
        share = new double[classes][classes];
        actual = new double[classes];
        predicted = new double[classes];
        double sum = 0;
        for (double[] row : cells) {
            for (double cell : row) {
                sum += cell;
            }
        }
        n = sum;
        for (int i = 0; i < classes; i++) {
            for (int j = 0; j < classes; j++) {
                share[i][j] = cells[i][j] / n;
                actual[i] += share[i][j];
                predicted[j] += share[i][j];
            }
        }
    }

    /** A value and its standard error. */
    public record Estimate(double value, double standardError) {}

    /** Mean share of each actual class that was recognised; empty without rows. */
    public Optional<Estimate> balancedAccuracy() {
        return ratio(RECALL, 0, share.length);
    }

    /** Mean precision of the classes; empty without rows. */
    public Optional<Estimate> macroPrecision() {
        return ratio(PRECISION, 0, share.length);
    }

    /** Mean F1 of the classes; empty without rows. */
    public Optional<Estimate> macroF1() {
        return ratio(F1, 0, share.length);
    }

    /** Precision of a class; empty if it was never predicted. */
    public Optional<Estimate> precision(int of) {
        return ratio(PRECISION, of, of + 1);
    }

    /** Recall of a class; empty if no row is of it. */
    public Optional<Estimate> recall(int of) {
        return ratio(RECALL, of, of + 1);
    }

    /** F1 of a class; empty if no row is of it and none was predicted to be. */
    public Optional<Estimate> f1(int of) {
        return ratio(F1, of, of + 1);
    }

    private Optional<Estimate> ratio(double alpha, int from, int to) {
        double[] inverse = new double[share.length];
        int defined = 0;
        double sum = 0;
        for (int c = from; c < to; c++) {
            double below = alpha * actual[c] + (1 - alpha) * predicted[c];
            if (below > 0) {
                inverse[c] = 1 / below;
                sum += share[c][c] / below;
                defined++;
            }
        }
        return defined == 0
                ? Optional.empty()
                : Optional.of(new Estimate(sum / defined, Math.sqrt(variance(alpha, inverse) / n) / defined));
    }

    /* the mean square of what one more row in a cell changes; its mean is 0, as doubling all rows changes nothing */
    private double variance(double alpha, double[] inverse) {
        double variance = 0;
        for (int i = 0; i < share.length; i++) {
            double lost = alpha * share[i][i] * inverse[i] * inverse[i];
            for (int j = 0; j < share.length; j++) {
                double slope = (i == j ? inverse[i] : 0) - lost - (1 - alpha) * share[j][j] * inverse[j] * inverse[j];
                variance += share[i][j] * slope * slope;
            }
        }
        return variance;
    }
}
