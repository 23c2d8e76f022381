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
 * Direct loss estimation of a regression: its MAE and RMSE on rows whose labels are not known yet.
 *
 * <p>Idea: on a labelled reference, boosted trees learn the absolute and the squared error from the features and the
 * prediction. Their mean over new rows is the error expected there. Five models are learned, each without one fold: how
 * far single errors scatter is taken from the fold held out, how far the models themselves may be off from what they
 * disagree on.
 *
 * <p>Decision: an estimate is outside if it is further from the reference's value than 3 standard errors of as many
 * rows.
 *
 * <p>Parameters: the labelled reference; a seed for its five folds. Features are numbers, NaN where missing; give
 * categories as the reference's mean label or as 0 and 1.
 *
 * <p><b>Blind to concept drift:</b> it holds as long as rows with the same features keep the same errors. When the
 * relation of features and label itself changes, the estimate stays where it was. Always pair it with late labels. Nor
 * can trees extrapolate: beyond the reference's range a feature counts as at its end.
 *
 * <p>Reference: NannyML, direct loss estimation.
 */
public final class DirectLossEstimation {
    private static final int TAG = 66;
    private static final int VERSION = 1;

    private final int features;
    private final LossModel absolute;
    private final LossModel squared;
    private final Thresholds thresholds;

    private DirectLossEstimation(int features, LossModel absolute, LossModel squared, Thresholds thresholds) {
        this.features = features;
        this.absolute = absolute;
        this.squared = squared;
        this.thresholds = thresholds;
    }

    /**
     * Learns from a labelled reference that the model was not trained on.
     *
     * @param features per row, all of one length
     * @param predicted what the model said, finite
     * @param actual what it was, finite
     * @param seed of the folds
     */
    public static DirectLossEstimation fit(double[][] features, double[] predicted, double[] actual, long seed) {
        int n = features.length;
        if (n == 0 || n != predicted.length || n != actual.length) {
            throw new IllegalArgumentException("reference: " + n + " rows of features, " + predicted.length
                    + " predictions, " + actual.length + " labels. Give at least one row, and all three of each.");
        }
        int width = features[0].length;
        PerformanceWindow window = new PerformanceWindow(Task.REGRESSION);
        double[][] rows = new double[n][];
        double[] errors = new double[n];
        double[] squares = new double[n];
        for (int i = 0; i < n; i++) {
            window.addValue(predicted[i], actual[i]);
            rows[i] = row(features[i], predicted[i], width);
            errors[i] = Math.abs(predicted[i] - actual[i]);
            squares[i] = errors[i] * errors[i];
        }
        return new DirectLossEstimation(
                width, LossModel.fit(rows, errors, seed), LossModel.fit(rows, squares, seed), new Thresholds(window));
    }

    private static double[] row(double[] features, double predicted, int width) {
        if (features.length != width || !Double.isFinite(predicted)) {
            throw new IllegalArgumentException("row: " + features.length + " features for " + width
                    + ", and a prediction of " + predicted + ". Give as many as the reference has, and a number.");
        }
        double[] row = Arrays.copyOf(features, width + 1);
        row[width] = predicted;
        return row;
    }

    /** An empty chunk. */
    public LossChunk chunk() {
        return new LossChunk();
    }

    /** Adds a row to a chunk of this estimator: its features and the model's prediction, finite. */
    public void add(LossChunk chunk, double[] rowFeatures, double predicted) {
        chunk.add(absolute, squared, row(rowFeatures, predicted, features));
    }

    /** MAE and RMSE of a chunk; none without rows. */
    public List<EstimatedMetric> estimate(LossChunk chunk) {
        List<EstimatedMetric> found = new ArrayList<>();
        if (chunk.n() == 0) {
            return found;
        }
        Expected mse = chunk.squared().mean(chunk.n(), thresholds.rows());
        double variance = mse.value() == 0 ? 0 : mse.variance() / (4 * mse.value());
        Expected rmse = new Expected(Math.sqrt(mse.value()), variance);
        Expected mae = chunk.absolute().mean(chunk.n(), thresholds.rows());
        thresholds.add(found, Metric.RMSE, Optional.of(rmse), chunk.n());
        thresholds.add(found, Metric.MAE, Optional.of(mae), chunk.n());
        return found;
    }

    /** The estimator as bytes, at most about 400 kB. */
    public byte[] toBytes() {
        StateWriter out = new StateWriter(TAG, VERSION).count(features).bytes(thresholds.toBytes());
        absolute.write(out);
        squared.write(out);
        return out.toBytes();
    }

    /** The estimator that gave these bytes. */
    public static DirectLossEstimation fromBytes(byte[] bytes) {
        StateReader in = new StateReader("direct loss estimation", bytes, TAG, VERSION);
        int features = in.sizeIn(0, Integer.MAX_VALUE);
        Thresholds thresholds = Thresholds.fromBytes(in.bytes());
        DirectLossEstimation estimation =
                new DirectLossEstimation(features, LossModel.read(in), LossModel.read(in), thresholds);
        in.end();
        return estimation;
    }
}
