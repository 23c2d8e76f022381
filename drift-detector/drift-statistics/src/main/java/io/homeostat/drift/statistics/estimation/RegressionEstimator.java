package io.homeostat.drift.statistics.estimation;

import io.homeostat.drift.statistics.performance.Task;
import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.util.List;

/** {@link DirectLossEstimation} of a model with named features, categorical ones included. */
final class RegressionEstimator implements PerformanceEstimator {
    private static final int INNER_TAG = 70;
    private static final int INNER_VERSION = 1;

    private final RowEncoding encoding;
    private final DirectLossEstimation estimation;
    private final long name;

    RegressionEstimator(RowEncoding encoding, DirectLossEstimation estimation) {
        this.encoding = encoding;
        this.estimation = estimation;
        this.name = EstimateChunk.nameOf(inner());
    }

    static RegressionEstimator of(byte[] inner) {
        StateReader in = new StateReader("regression estimator", inner, INNER_TAG, INNER_VERSION);
        RowEncoding encoding = RowEncoding.read(in);
        RegressionEstimator estimator = new RegressionEstimator(encoding, DirectLossEstimation.fromBytes(in.bytes()));
        in.end();
        return estimator;
    }

    @Override
    public byte[] inner() {
        StateWriter out = new StateWriter(INNER_TAG, INNER_VERSION);
        encoding.write(out);
        return out.bytes(estimation.toBytes()).toBytes();
    }

    @Override
    public Task task() {
        return Task.REGRESSION;
    }

    @Override
    public long name() {
        return name;
    }

    @Override
    public EstimateChunk chunk() {
        return EstimateChunk.of(name, estimation.chunk());
    }

    @Override
    public boolean add(EstimateChunk chunk, AnsweredRow row) {
        double predicted = number(row.output());
        if (!Double.isFinite(predicted)) {
            return false;
        }
        estimation.add(chunk.losses(), encoding.encode(row.features()), predicted);
        return true;
    }

    /** The number that a text says; NaN if it says none. */
    static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    @Override
    public List<EstimatedMetric> estimate(EstimateChunk chunk) {
        return estimation.estimate(chunk.losses());
    }
}
