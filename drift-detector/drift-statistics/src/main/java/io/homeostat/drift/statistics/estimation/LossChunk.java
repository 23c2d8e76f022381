package io.homeostat.drift.statistics.estimation;

import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;

/** Rows without labels as {@link DirectLossEstimation} needs them: a dozen sums, which merge. */
public final class LossChunk {
    private static final int TAG = 65;
    private static final int VERSION = 1;

    private final LossSums absolute = new LossSums();
    private final LossSums squared = new LossSums();
    private long n;

    /** How many rows were added. */
    public long n() {
        return n;
    }

    void add(LossModel absoluteModel, LossModel squaredModel, double[] row) {
        n++;
        absolute.add(absoluteModel, row);
        squared.add(squaredModel, row);
    }

    LossSums absolute() {
        return absolute;
    }

    LossSums squared() {
        return squared;
    }

    /** Adds everything that another chunk of the same estimator saw. */
    public void merge(LossChunk other) {
        n += other.n;
        absolute.merge(other.absolute);
        squared.merge(other.squared);
    }

    /** The state as bytes. */
    public byte[] toBytes() {
        StateWriter out = new StateWriter(TAG, VERSION).count(n);
        absolute.write(out);
        squared.write(out);
        return out.toBytes();
    }

    /** The chunk that gave these bytes. */
    public static LossChunk fromBytes(byte[] bytes) {
        StateReader in = new StateReader("loss chunk", bytes, TAG, VERSION);
        LossChunk chunk = new LossChunk();
        chunk.n = in.count();
        chunk.absolute.read(in);
        chunk.squared.read(in);
        in.end();
        return chunk;
    }
}
