package io.homeostat.drift.statistics.estimation;

import io.homeostat.drift.statistics.performance.Metric;
import io.homeostat.drift.statistics.performance.PerformanceWindow;
import io.homeostat.drift.statistics.performance.Task;
import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Confidence-based performance estimation of a binary model: how good it is on rows whose labels are not known yet.
 *
 * <p>Idea: a calibrated score p̂ says how often the row's label will be 1. So of the rows predicted positive Σp̂ are
 * expected to be true and Σ(1 − p̂) false positives, of the others Σp̂ are false negatives; every metric follows from
 * these, AUC by cumulating p̂ and 1 − p̂ in the order of the score.
 *
 * <p>Decision: an estimate is outside if it is further from the reference's value than 3 standard errors of as many
 * rows.
 *
 * <p>Parameters: the labelled reference; a seed for the five folds on which isotonic calibration must lower the
 * expected calibration error to be kept.
 *
 * <p><b>Blind to concept drift:</b> it holds as long as rows with the same score keep the same rate of positives. When
 * the relation of features and label itself changes, the estimate stays where it was. Always pair it with late labels.
 *
 * <p>Example: reference of 5,000 rows with scores uniform on 0..1 that are the true rates, accuracy .75; a chunk of
 * scores uniform on .3..0.7 is estimated at .60, as it turns out.
 *
 * <p>Reference: NannyML, confidence-based performance estimation; Guillory et al.: Predicting with confidence on unseen
 * distributions, 2021.
 */
public final class BinaryCbpe {
    private static final int TAG = 62;
    private static final int VERSION = 1;

    private final IsotonicRegression calibration;
    private final ScoreBins bins;
    private final Thresholds thresholds;
    private final long id;

    private BinaryCbpe(IsotonicRegression calibration, ScoreBins bins, Thresholds thresholds) {
        this.calibration = calibration;
        this.bins = bins;
        this.thresholds = thresholds;
        this.id = Integer.toUnsignedLong(Arrays.hashCode(toBytes()));
    }

    /**
     * Learns from a labelled reference that the model was not trained on.
     *
     * @param scores the positive class's probability as the model gives it, each in 0..1
     * @param predicted whether the positive class was predicted
     * @param actual whether it was the positive class
     * @param seed of the folds
     */
    public static BinaryCbpe fit(double[] scores, boolean[] predicted, boolean[] actual, long seed) {
        if (scores.length == 0 || scores.length != predicted.length || scores.length != actual.length) {
            throw new IllegalArgumentException("reference: " + scores.length + " scores, " + predicted.length
                    + " predictions, " + actual.length + " labels. Give at least one row, and all three of each.");
        }
        PerformanceWindow window = new PerformanceWindow(Task.BINARY);
        for (int i = 0; i < scores.length; i++) {
            window.addBinary(actual[i], predicted[i], checked(scores[i]));
        }
        return new BinaryCbpe(Calibration.choose(scores, actual, seed), ScoreBins.cut(scores), new Thresholds(window));
    }

    /** An empty chunk. */
    public EstimationChunk chunk() {
        return new EstimationChunk(id, bins);
    }

    /** Adds a row to a chunk: its score, in 0..1, and whether the positive class was predicted. */
    public void add(EstimationChunk chunk, double score, boolean predicted) {
        chunk.require(id);
        int bin = bins.of(checked(score));
        chunk.of(0).add(bin, score, calibration.at(score), predicted);
        chunk.count();
    }

    /** The chance of a positive at a score. */
    public double probability(double score) {
        return calibration.at(checked(score));
    }

    /** The metrics of a chunk that both it and the reference define; none without rows. */
    public List<EstimatedMetric> estimate(EstimationChunk chunk) {
        chunk.require(id);
        List<EstimatedMetric> found = new ArrayList<>();
        if (chunk.n() > 0) {
            ExpectedMetrics expected = new ExpectedMetrics(chunk.of(0), bins);
            thresholds.add(found, Metric.ACCURACY, Optional.of(expected.accuracy()), chunk.n());
            thresholds.add(found, Metric.BALANCED_ACCURACY, expected.balancedAccuracy(), chunk.n());
            thresholds.add(found, Metric.PRECISION, expected.precision(), chunk.n());
            thresholds.add(found, Metric.RECALL, expected.recall(), chunk.n());
            thresholds.add(found, Metric.F1, expected.f1(), chunk.n());
            thresholds.add(found, Metric.AUC, expected.auc(), chunk.n());
            thresholds.add(found, Metric.LOG_LOSS, Optional.of(expected.logLoss()), chunk.n());
            thresholds.add(found, Metric.BRIER, Optional.of(expected.brier()), chunk.n());
        }
        return found;
    }

    static double checked(double score) {
        if (!(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException(
                    "score: " + score + " is not in 0..1. Give a probability; leave rows without one out.");
        }
        return score;
    }

    /** The estimator as bytes. */
    public byte[] toBytes() {
        StateWriter out =
                new StateWriter(TAG, VERSION).bytes(calibration.toBytes()).bytes(thresholds.toBytes());
        bins.write(out);
        return out.toBytes();
    }

    /** The estimator that gave these bytes. */
    public static BinaryCbpe fromBytes(byte[] bytes) {
        StateReader in = new StateReader("binary estimator", bytes, TAG, VERSION);
        IsotonicRegression calibration = IsotonicRegression.fromBytes(in.bytes());
        Thresholds thresholds = Thresholds.fromBytes(in.bytes());
        BinaryCbpe estimator = new BinaryCbpe(calibration, ScoreBins.read(in), thresholds);
        in.end();
        return estimator;
    }
}
