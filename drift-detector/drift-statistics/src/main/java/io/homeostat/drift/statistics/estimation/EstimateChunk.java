package io.homeostat.drift.statistics.estimation;

import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import org.jspecify.annotations.Nullable;

/**
 * Rows without labels as a {@link PerformanceEstimator} needs them. Chunks of the same estimator merge: counts exactly, sums
 * up to their rounding. At most 13 kB for a binary model, as much for each class of a multiclass one, 200 bytes for a
 * regression.
 */
public final class EstimateChunk {
    private static final int TAG = 68;
    private static final int VERSION = 1;

    private final long estimator;
    private final @Nullable EstimationChunk scores;
    private final @Nullable LossChunk losses;

    private EstimateChunk(long estimator, @Nullable EstimationChunk scores, @Nullable LossChunk losses) {
        this.estimator = estimator;
        this.scores = scores;
        this.losses = losses;
    }

    static EstimateChunk of(long estimator, EstimationChunk scores) {
        return new EstimateChunk(estimator, scores, null);
    }

    static EstimateChunk of(long estimator, LossChunk losses) {
        return new EstimateChunk(estimator, null, losses);
    }

    /** An estimator's name among others: a hash of its bytes. */
    static long nameOf(byte[] estimator) {
        long hash = 0xcbf29ce484222325L; // FNV-1a
        for (byte octet : estimator) {
            hash = (hash ^ (octet & 0xFF)) * 0x100000001b3L;
        }
        return hash;
    }

    long estimator() {
        return estimator;
    }

    EstimationChunk scores() {
        return require(scores);
    }

    LossChunk losses() {
        return require(losses);
    }

    private static <C> C require(@Nullable C chunk) {
        if (chunk == null) {
            throw new IllegalArgumentException(
                    "chunk: it belongs to an estimator of another task. Start a new chunk when the reference changes.");
        }
        return chunk;
    }

    /** How many rows were added. */
    public long n() {
        return scores != null ? scores.n() : losses().n();
    }

    /** Whether another chunk was made by the same estimator, so that they merge. */
    public boolean isOfSameEstimator(EstimateChunk other) {
        return estimator == other.estimator;
    }

    /** Adds everything that another chunk of the same estimator saw; one of another is an error. */
    public void merge(EstimateChunk other) {
        if (!isOfSameEstimator(other)) {
            throw new IllegalArgumentException(
                    "chunk: it belongs to another estimator. Start a new chunk when the reference changes.");
        }
        if (scores != null) {
            scores.merge(other.scores());
        } else {
            losses().merge(other.losses());
        }
    }

    /** The state as bytes. */
    public byte[] toBytes() {
        StateWriter out = new StateWriter(TAG, VERSION).fixed(estimator).flag(scores != null);
        return out.bytes(scores != null ? scores.toBytes() : losses().toBytes()).toBytes();
    }

    /** The chunk that gave these bytes. */
    public static EstimateChunk fromBytes(byte[] bytes) {
        StateReader in = new StateReader("estimate", bytes, TAG, VERSION);
        long estimator = in.fixed();
        boolean ofScores = in.flag();
        byte[] inner = in.bytes();
        in.end();
        return ofScores ? of(estimator, EstimationChunk.fromBytes(inner)) : of(estimator, LossChunk.fromBytes(inner));
    }
}
