package io.homeostat.drift.statistics.performance;

import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.util.Arrays;
import java.util.Optional;

/**
 * Positives and negatives in 1000 bins of the score in [0, 1]: the AUC, off by at most half the share of pairs in one bin, and
 * the calibration error over ten equal bins, without error.
 *
 * <p>Each tenth of the scale has a hundred bins, which are equal but for the first and the last tenth: there a bin is wider by
 * an eighth than the one before it, seen from the end, down to a distance of a millionth. A model of rare events has all its
 * scores close to 0, and its AUC is in their order there.
 */
final class ScoreHistogram {
    private static final int BINS = 1000;
    private static final int CALIBRATION_BINS = 10;
    private static final int WIDTH = BINS / CALIBRATION_BINS;
    private static final int BINS_OF_TEN_TIMES = 20;
    private static final int EQUAL_BINS = 2; // the version of bytes whose bins were all equal

    private final long[] positives = new long[BINS];
    private final long[] negatives = new long[BINS];
    private final double[] scores = new double[CALIBRATION_BINS];

    void add(double score, boolean positive) {
        int bin = binOf(score);
        (positive ? positives : negatives)[bin]++;
        scores[bin / WIDTH] += score;
    }

    private static int binOf(double score) {
        double tenths = score * CALIBRATION_BINS;
        int tenth = Math.min(CALIBRATION_BINS - 1, (int) tenths);
        if (tenth == 0) {
            return fromTheEnd(score);
        }
        return tenth == CALIBRATION_BINS - 1
                ? BINS - 1 - fromTheEnd(1 - score)
                : tenth * WIDTH + Math.min(WIDTH - 1, (int) ((tenths - tenth) * WIDTH));
    }

    /* The bin of a distance of at most a tenth from an end of the scale. */
    private static int fromTheEnd(double distance) {
        int nearer = (int) Math.floor(BINS_OF_TEN_TIMES * Math.log10(distance * CALIBRATION_BINS));
        return Math.max(0, Math.min(WIDTH - 1, WIDTH + nearer));
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
        for (int bin = 0; bin < CALIBRATION_BINS; bin++) {
            double hits =
                    Arrays.stream(positives, bin * WIDTH, (bin + 1) * WIDTH).sum();
            double rows = hits
                    + Arrays.stream(negatives, bin * WIDTH, (bin + 1) * WIDTH).sum();
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
            int bin = in.sizeIn(0, BINS - 1);
            bins[in.version() == EQUAL_BINS ? binOf((bin + 0.5) / BINS) : bin] += in.count();
        }
    }
}
