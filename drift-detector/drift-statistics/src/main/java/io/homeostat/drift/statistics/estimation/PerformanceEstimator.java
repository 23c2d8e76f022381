package io.homeostat.drift.statistics.estimation;

import io.homeostat.drift.statistics.performance.Task;
import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.util.List;

/**
 * Estimates the performance of one version of a model from rows without labels, whatever its task: {@link BinaryCbpe},
 * {@link MulticlassCbpe} or {@link DirectLossEstimation}, fed with rows as they come. Learned by an
 * {@link EstimatorLearner}; not to be changed once made.
 *
 * <p><b>Blind to concept drift:</b> always pair it with late labels.
 */
public sealed interface PerformanceEstimator permits BinaryEstimator, MulticlassEstimator, RegressionEstimator {
    /** What the model does. */
    Task task();

    /** An empty chunk of this estimator. */
    EstimateChunk chunk();

    /**
     * Adds a row to a chunk of this estimator.
     *
     * @return false if the row lacks what is needed: a probability in 0..1, or a finite number; it is left out then
     */
    boolean add(EstimateChunk chunk, AnsweredRow row);

    /** The metrics expected of a chunk of this estimator; none without rows. */
    List<EstimatedMetric> estimate(EstimateChunk chunk);

    /** The estimator inside, as bytes. */
    byte[] inner();

    /** Its name among others: a hash of its bytes. */
    long name();

    /** Whether a chunk was made by this estimator, not by another one of before or after. */
    default boolean made(EstimateChunk chunk) {
        return chunk.estimator() == name();
    }

    /** The estimator as bytes; at most about 400 kB. */
    default byte[] toBytes() {
        return new StateWriter(TAG, VERSION).text(task().name()).bytes(inner()).toBytes();
    }

    int TAG = 67;
    int VERSION = 1;

    /** The estimator that gave these bytes. */
    static PerformanceEstimator fromBytes(byte[] bytes) {
        StateReader in = new StateReader("estimator", bytes, TAG, VERSION);
        Task task = Task.valueOf(in.text());
        byte[] inner = in.bytes();
        in.end();
        return switch (task) {
            case BINARY -> BinaryEstimator.of(inner);
            case MULTICLASS -> new MulticlassEstimator(MulticlassCbpe.fromBytes(inner));
            case REGRESSION -> RegressionEstimator.of(inner);
        };
    }
}
