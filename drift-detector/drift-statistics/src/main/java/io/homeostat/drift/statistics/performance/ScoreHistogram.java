package io.homeostat.drift.statistics.performance;

import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.util.Arrays;
import java.util.Optional;

/**
 * Positives and negatives in 1000 equal bins of the score in [0, 1]: the AUC, off by at most half the share of pairs
 * in one bin, and the calibration error over ten bins, without error.
 */
final class ScoreHistogram {
    private static final int BINS = 1000;
    private static final int CALIBRATION_BINS = 10;

    private final long[] positives = new long[BINS];
    private final long[] negatives = new long[BINS];
    private final double[] scores = new double[CALIBRATION_BINS];

    void add(double score, boolean positive) {
        int bin = Math.min(BINS - 1, (int) (score * BINS));
        (positive ? positives : negatives)[bin]++;
        scores[bin * CALIBRATION_BINS / BINS] += score;
    }

    void merge(ScoreHistogram other) {
        for (int i = 0; i < BINS; i++) {
            positives[i] += other.positives[i];
            negatives[i] += other.negatives[i];
        }
        for (int i = 0; i < CALIBRATION_BINS; i++) {
            scores[i] += other.scores[i];
        }
    }

    long n() {
        return Arrays.stream(positives).sum() + Arrays.stream(negatives).sum();
    }

    /** Empty while only one class was seen. */
    Optional<MetricValue> auc() {
        double pairs = pairs();
        if (pairs == 0) {
            return Optional.empty();
        }
        double below = 0;
        double won = 0;
        for (int i = 0; i < BINS; i++) {
            won += positives[i] * (below + negatives[i] / 2.0);
            below += negatives[i];
        }
        double auc = won / pairs;
        return Optional.of(MetricValue.fixedTime(Metric.AUC, auc, aucStandardError(auc), n(), 0, 1));
    }

    /** How far the AUC may be off because of the bins; 0 without one. */
    double aucErrorBound() {
        double pairs = pairs();
        double tied = 0;
        for (int i = 0; i < BINS; i++) {
            tied += (double) positives[i] * negatives[i];
        }
        return pairs == 0 ? 0 : tied / pairs / 2;
    }

    private double pairs() {
        return (double) Arrays.stream(positives).sum()
                * Arrays.stream(negatives).sum();
    }

    /* Hanley and McNeil, 1982 */
    private double aucStandardError(double auc) {
        double p = Arrays.stream(positives).sum();
        double q = Arrays.stream(negatives).sum();
        double q1 = auc / (2 - auc);
        double q2 = 2 * auc * auc / (1 + auc);
        double variance = auc * (1 - auc) + (p - 1) * (q1 - auc * auc) + (q - 1) * (q2 - auc * auc);
        return Math.sqrt(Math.max(0, variance) / (p * q));
    }

    /** Empty without rows. The standard error is that of the bins' frequencies, the bins' signs taken as known. */
    Optional<MetricValue> calibrationError() {
        long n = n();
        if (n == 0) {
            return Optional.empty();
        }
        double error = 0;
        double variance = 0;
        int width = BINS / CALIBRATION_BINS;
        for (int bin = 0; bin < CALIBRATION_BINS; bin++) {
            double hits =
                    Arrays.stream(positives, bin * width, (bin + 1) * width).sum();
            double rows = hits
                    + Arrays.stream(negatives, bin * width, (bin + 1) * width).sum();
            error += Math.abs(hits - scores[bin]) / n;
            variance += rows == 0 ? 0 : hits * (rows - hits) / rows / n / n;
        }
        return Optional.of(MetricValue.fixedTime(Metric.CALIBRATION_ERROR, error, Math.sqrt(variance), n, 0, 1));
    }

    /** Empty bins take no bytes. */
    void write(StateWriter out) {
        writeBins(out, positives);
        writeBins(out, negatives);
        for (double score : scores) {
            out.real(score);
        }
    }

    void read(StateReader in) {
        readBins(in, positives);
        readBins(in, negatives);
        for (int i = 0; i < CALIBRATION_BINS; i++) {
            scores[i] = in.real();
        }
    }

    private static void writeBins(StateWriter out, long[] bins) {
        out.count(Arrays.stream(bins).filter(bin -> bin > 0).count());
        for (int i = 0; i < BINS; i++) {
            if (bins[i] > 0) {
                out.count(i).count(bins[i]);
            }
        }
    }

    private static void readBins(StateReader in, long[] bins) {
        int used = in.sizeIn(0, BINS);
        for (int i = 0; i < used; i++) {
            bins[in.sizeIn(0, BINS - 1)] = in.count();
        }
    }
}
