package io.homeostat.drift.statistics.estimation;

import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.util.Arrays;

/**
 * Rows without labels as an estimator needs them: sums per bin of the score, at most 20 kB a class. Chunks of the same
 * estimator merge: counts exactly, sums up to their rounding.
 */
public final class EstimationChunk {
    private static final int TAG = 61;
    private static final int VERSION = 1;
    private static final int MOST_CLASSES = 1_000;

    private final long estimator;
    private final ExpectedOutcomes[] classes;
    private long n;

    EstimationChunk(long estimator, ScoreBins... bins) {
        this(
                estimator,
                Arrays.stream(bins).map(b -> new ExpectedOutcomes(b.size())).toArray(ExpectedOutcomes[]::new));
    }

    private EstimationChunk(long estimator, ExpectedOutcomes[] classes) {
        this.estimator = estimator;
        this.classes = classes;
    }

    /** How many rows were added. */
    public long n() {
        return n;
    }

    void count() {
        n++;
    }

    ExpectedOutcomes of(int index) {
        return classes[index];
    }

    void require(long expected) {
        if (estimator != expected) {
            throw new IllegalArgumentException("chunk: it belongs to another estimator (" + estimator + ", not "
                    + expected + "). Start a new chunk when the reference changes.");
        }
    }

    /** Adds everything that another chunk of the same estimator saw. */
    public void merge(EstimationChunk other) {
        other.require(estimator);
        n += other.n;
        for (int i = 0; i < classes.length; i++) {
            classes[i].merge(other.classes[i]);
        }
    }

    /** The state as bytes. */
    public byte[] toBytes() {
        StateWriter out =
                new StateWriter(TAG, VERSION).fixed(estimator).count(n).count(classes.length);
        for (ExpectedOutcomes outcomes : classes) {
            outcomes.write(out);
        }
        return out.toBytes();
    }

    /** The chunk that gave these bytes. */
    public static EstimationChunk fromBytes(byte[] bytes) {
        StateReader in = new StateReader("estimation chunk", bytes, TAG, VERSION);
        long estimator = in.fixed();
        long n = in.count();
        ExpectedOutcomes[] classes = new ExpectedOutcomes[in.sizeIn(1, MOST_CLASSES)];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = ExpectedOutcomes.read(in);
        }
        in.end();
        EstimationChunk chunk = new EstimationChunk(estimator, classes);
        chunk.n = n;
        return chunk;
    }
}
