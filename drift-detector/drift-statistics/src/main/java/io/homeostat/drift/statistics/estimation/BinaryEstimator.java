package io.homeostat.drift.statistics.estimation;

import io.homeostat.drift.statistics.performance.Task;
import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.util.List;

/** {@link BinaryCbpe} of a model whose positive class has a name. */
final class BinaryEstimator implements PerformanceEstimator {
    private static final int INNER_TAG = 69;
    private static final int INNER_VERSION = 1;

    private final String positive;
    private final BinaryCbpe cbpe;
    private final long name;

    BinaryEstimator(String positive, BinaryCbpe cbpe) {
        this.positive = positive;
        this.cbpe = cbpe;
        this.name = EstimateChunk.nameOf(inner());
    }

    static BinaryEstimator of(byte[] inner) {
        StateReader in = new StateReader("binary estimator", inner, INNER_TAG, INNER_VERSION);
        BinaryEstimator estimator = new BinaryEstimator(in.text(), BinaryCbpe.fromBytes(in.bytes()));
        in.end();
        return estimator;
    }

    @Override
    public byte[] inner() {
        return new StateWriter(INNER_TAG, INNER_VERSION)
                .text(positive)
                .bytes(cbpe.toBytes())
                .toBytes();
    }

    @Override
    public Task task() {
        return Task.BINARY;
    }

    @Override
    public long name() {
        return name;
    }

    @Override
    public EstimateChunk chunk() {
        return EstimateChunk.of(name, cbpe.chunk());
    }

    @Override
    public boolean add(EstimateChunk chunk, AnsweredRow row) {
        Double score = row.score();
        if (score == null || !AnsweredRow.isProbability(score)) {
            return false;
        }
        cbpe.add(chunk.scores(), score, row.output().equals(positive));
        return true;
    }

    @Override
    public List<EstimatedMetric> estimate(EstimateChunk chunk) {
        return cbpe.estimate(chunk.scores());
    }
}
