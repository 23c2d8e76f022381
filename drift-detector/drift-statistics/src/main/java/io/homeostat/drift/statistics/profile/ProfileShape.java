package io.homeostat.drift.statistics.profile;

import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What windows of a version look like while they are empty: the features with their bins and categories. A window that is
 * made of one has no features of its own until it has more than {@value WaitingRows#MOST} rows or someone looks at them, so a small one is its
 * rows only, in memory and in bytes. Safe for many threads: it never changes.
 */
public final class ProfileShape {
    private static final int TAG = 8;
    private static final int VERSION = 1;

    private final Features empty;
    private volatile byte @Nullable [] bytes; // each task writes them, with the windows of its partition

    private ProfileShape(Features empty) {
        this.empty = empty;
    }

    static ProfileShape of(Features features) {
        return new ProfileShape(features.emptyCopy(Instant.EPOCH));
    }

    /** An empty window. */
    public Profile profile(Instant from, Instant to) {
        return Profile.lazy(empty, from, to);
    }

    /** How many features it has, score and prediction among them. */
    public int features() {
        return empty.byName().size();
    }

    /** The shape as bytes; not to be changed. */
    public byte[] toBytes() {
        byte[] known = bytes;
        if (known == null) {
            StateWriter out = new StateWriter(TAG, VERSION);
            empty.write(out);
            known = out.toBytes();
            bytes = known;
        }
        return known;
    }

    /** The shape that gave these bytes. */
    public static ProfileShape fromBytes(byte[] bytes) {
        StateReader in = new StateReader("profile's shape", bytes, TAG, VERSION);
        Features empty = Features.read(in);
        in.end();
        return new ProfileShape(empty);
    }

    /** Whether windows of both are the same. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof ProfileShape shape && Arrays.equals(toBytes(), shape.toBytes()));
    }

    @Override
    public int hashCode() {
        return empty.byName().keySet().hashCode();
    }
}
