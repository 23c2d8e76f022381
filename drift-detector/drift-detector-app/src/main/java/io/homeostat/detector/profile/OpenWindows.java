package io.homeostat.detector.profile;

import io.homeostat.backbone.store.StateCodec;
import io.homeostat.drift.statistics.estimation.EstimateChunk;
import io.homeostat.drift.statistics.profile.Profile;
import io.homeostat.drift.statistics.profile.RowSample;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** One partition's windows of one model that are still filling, and how far its event time has come. */
final class OpenWindows {
    static final StateCodec<OpenWindows> CODEC = new Codec();

    /** The most windows open at a time, over all versions. */
    static final int MOST = 64;

    private long newestMillis = Long.MIN_VALUE;
    private long sampled;
    private final TreeMap<Key, OpenWindow> windows = new TreeMap<>();
    private final TreeMap<Key, EstimateChunk> estimates = new TreeMap<>();
    private long rowsOfLast;

    record Key(long fromMillis, String modelVersion) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byTime = Long.compare(fromMillis, other.fromMillis);
            return byTime != 0 ? byTime : modelVersion.compareTo(other.modelVersion);
        }
    }

    /** The window, made anew where there is none; empty if {@value #MOST} are open already. */
    Optional<OpenWindow> window(Key key, Supplier<OpenWindow> empty) {
        OpenWindow open = windows.get(key);
        if (open == null && windows.size() < MOST) {
            open = empty.get();
            windows.put(key, open);
        }
        return Optional.ofNullable(open);
    }

    /** Expects an open window's performance to be estimated from its rows. */
    void estimate(Key key, EstimateChunk empty) {
        estimates.put(key, empty);
    }

    /** The rows of an open window as its estimator needs them; empty where it has none. */
    Optional<EstimateChunk> estimate(Key key) {
        return Optional.ofNullable(estimates.get(key));
    }

    /** Takes what {@link #estimate(Key)} gave of a window that was removed. */
    Optional<EstimateChunk> removeEstimate(Key key) {
        return Optional.ofNullable(estimates.remove(key));
    }

    /** Rows of the window that was removed last. */
    long rowsOfLast() {
        return rowsOfLast;
    }

    /**
     * Whether a window lies too far back: it is not open any more, and one more window's length has passed since it ended.
     * Until then what comes late opens it once more, as the rows of several tasks do not come in order.
     */
    boolean isPast(Key key, long lengthMillis, long graceMillis) {
        return key.fromMillis() + 2 * lengthMillis + graceMillis <= newestMillis && !windows.containsKey(key);
    }

    /** The number of the next window that is sampled: one that is opened once more must not toss the coins it tossed before. */
    long nextSample() {
        return ++sampled;
    }

    void sawTime(long millis) {
        newestMillis = Math.max(newestMillis, millis);
    }

    /** Whether the oldest window has ended, by this model's own event time. */
    boolean hasEnded(long lengthMillis, long graceMillis) {
        return !windows.isEmpty() && windows.firstKey().fromMillis() + lengthMillis + graceMillis <= newestMillis;
    }

    Map.Entry<Key, OpenWindow> removeOldest() {
        Map.Entry<Key, OpenWindow> oldest = windows.pollFirstEntry();
        rowsOfLast = oldest.getValue().profile().rows();
        return oldest;
    }

    private static final class Codec implements StateCodec<OpenWindows> {
        private static final byte WITH_ESTIMATES = 2;
        private static final byte WITH_SAMPLES = 3;
        private static final byte VERSION = WITH_SAMPLES;
        private static final byte[] NOTHING = {};

        @Override
        public byte[] encode(OpenWindows state) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (DataOutputStream out = new DataOutputStream(bytes)) {
                out.writeByte(VERSION);
                out.writeLong(state.newestMillis);
                out.writeLong(state.sampled);
                out.writeInt(state.windows.size());
                for (var window : state.windows.entrySet()) {
                    out.writeLong(window.getKey().fromMillis());
                    out.writeUTF(window.getKey().modelVersion());
                    write(out, window.getValue().profile().toBytes());
                    write(out, window.getValue().rows().map(RowSample::toBytes).orElse(NOTHING));
                }
                out.writeLong(state.rowsOfLast);
                out.writeInt(state.estimates.size());
                for (var estimate : state.estimates.entrySet()) {
                    out.writeLong(estimate.getKey().fromMillis());
                    out.writeUTF(estimate.getKey().modelVersion());
                    write(out, estimate.getValue().toBytes());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return bytes.toByteArray();
        }

        @Override
        public OpenWindows decode(byte[] bytes) {
            OpenWindows state = new OpenWindows();
            try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
                byte version = in.readByte();
                state.newestMillis = in.readLong();
                state.sampled = version >= WITH_SAMPLES ? in.readLong() : 0;
                int size = in.readInt();
                for (int i = 0; i < size; i++) {
                    Key key = new Key(in.readLong(), in.readUTF());
                    Profile profile = Profile.fromBytes(read(in));
                    byte[] rows = version >= WITH_SAMPLES ? read(in) : NOTHING;
                    state.windows.put(
                            key, new OpenWindow(profile, rows.length == 0 ? null : RowSample.fromBytes(rows)));
                }
                if (version >= WITH_ESTIMATES) {
                    readEstimates(in, state);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return state;
        }

        private static void readEstimates(DataInputStream in, OpenWindows state) throws IOException {
            state.rowsOfLast = in.readLong();
            int size = in.readInt();
            for (int i = 0; i < size; i++) {
                Key key = new Key(in.readLong(), in.readUTF());
                state.estimates.put(key, EstimateChunk.fromBytes(read(in)));
            }
        }

        private static void write(DataOutputStream out, byte[] part) throws IOException {
            out.writeInt(part.length);
            out.write(part);
        }

        private static byte[] read(DataInputStream in) throws IOException {
            return in.readNBytes(in.readInt());
        }
    }
}
