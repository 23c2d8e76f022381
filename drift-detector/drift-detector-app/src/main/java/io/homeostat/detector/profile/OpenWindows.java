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
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One partition's windows of one model that are still filling, and how far its event time has come. */
final class OpenWindows {
    static final StateCodec<OpenWindows> CODEC = new Codec();

    /** The longest that a window waits for what comes late. */
    static final long MOST_GRACE_MILLIS = 10_000;

    /** The most windows open at a time, over all versions. */
    static final int MOST = 64;

    private static final long UNKNOWN = -1;

    private long newestMillis = Long.MIN_VALUE;
    private long sampled;
    private final TreeMap<Key, OpenWindow> windows = new TreeMap<>();
    private final TreeMap<Key, EstimateChunk> estimates = new TreeMap<>();
    private final TreeSet<Key> removed = new TreeSet<>(); // since the state was kept
    private long rowsOfLast;
    private long endsMillis; // the first of the windows, each so long
    private long endsLength = UNKNOWN;

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
            open = empty.get().openedAt(newestMillis);
            windows.put(key, open);
            endsLength = UNKNOWN;
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

    /**
     * Whether a window has ended, by this model's own event time: that has passed its end by the grace; or, if it was opened
     * later than that for what came late, its opening. So what comes late is gathered, too, and not sent on row by row.
     */
    boolean hasEnded(long lengthMillis, long graceMillis) {
        if (endsLength != lengthMillis) {
            endsMillis = nextToEnd(lengthMillis)
                    .map(next -> end(next, lengthMillis))
                    .orElse(Long.MAX_VALUE - MOST_GRACE_MILLIS);
            endsLength = lengthMillis;
        }
        return endsMillis + graceMillis <= newestMillis;
    }

    /** The window that ends first; of several the oldest. */
    private Optional<Map.Entry<Key, OpenWindow>> nextToEnd(long lengthMillis) {
        return windows.entrySet().stream().min(Comparator.comparingLong(window -> end(window, lengthMillis)));
    }

    private static long end(Map.Entry<Key, OpenWindow> window, long lengthMillis) {
        return Math.max(
                window.getKey().fromMillis() + lengthMillis, window.getValue().openedAtMillis());
    }

    /** Takes the window that ends first, after {@link #hasEnded} has said that there is one. */
    Map.Entry<Key, OpenWindow> removeEnded(long lengthMillis) {
        // a copy: removing changes what an entry of the tree says
        Map.Entry<Key, OpenWindow> ended =
                nextToEnd(lengthMillis).map(Map.Entry::copyOf).orElseThrow();
        windows.remove(ended.getKey());
        endsLength = UNKNOWN;
        rowsOfLast = ended.getValue().profile().rows();
        removed.add(ended.getKey());
        return ended;
    }

    private static final class Codec implements StateCodec<OpenWindows> {
        private static final byte WITH_ESTIMATES = 2;
        private static final byte WITH_SAMPLES = 3;
        private static final byte WITH_OPENINGS = 4;
        private static final byte VERSION = WITH_OPENINGS;
        private static final byte CHANGE_VERSION = 1;
        private static final byte[] NOTHING = {};

        @Override
        public byte[] encode(OpenWindows state) {
            return bytes(out -> {
                out.writeByte(VERSION);
                out.writeLong(state.newestMillis);
                out.writeLong(state.sampled);
                out.writeInt(state.windows.size());
                for (var window : state.windows.entrySet()) {
                    write(out, window.getKey());
                    write(out, window.getValue());
                }
                out.writeLong(state.rowsOfLast);
                out.writeInt(state.estimates.size());
                for (var estimate : state.estimates.entrySet()) {
                    write(out, estimate.getKey());
                    write(out, estimate.getValue().toBytes());
                }
            });
        }

        @Override
        public OpenWindows decode(byte[] bytes) {
            OpenWindows state = new OpenWindows();
            read(bytes, in -> {
                byte version = in.readByte();
                state.newestMillis = in.readLong();
                state.sampled = version >= WITH_SAMPLES ? in.readLong() : 0;
                int size = in.readInt();
                for (int i = 0; i < size; i++) {
                    Key key = readKey(in);
                    Profile profile = Profile.fromBytes(read(in));
                    byte[] rows = version >= WITH_SAMPLES ? read(in) : NOTHING;
                    long openedAt = version >= WITH_OPENINGS ? in.readLong() : Long.MIN_VALUE;
                    state.windows.put(key, window(profile, rows, openedAt));
                }
                if (version >= WITH_ESTIMATES) {
                    readEstimates(in, state);
                }
            });
            return state;
        }

        private static void readEstimates(DataInputStream in, OpenWindows state) throws IOException {
            state.rowsOfLast = in.readLong();
            int size = in.readInt();
            for (int i = 0; i < size; i++) {
                state.estimates.put(readKey(in), EstimateChunk.fromBytes(read(in)));
            }
        }

        @Override
        public void markKept(OpenWindows state) {
            state.removed.clear();
            state.windows.values().forEach(window -> window.profile().markWritten());
        }

        /** The windows that are gone; the rows of those that have grown by a few, and all of each other that is new. */
        @Override
        public Optional<byte[]> change(OpenWindows state) {
            return Optional.of(bytes(out -> {
                out.writeByte(CHANGE_VERSION);
                out.writeLong(state.newestMillis);
                out.writeLong(state.sampled);
                out.writeLong(state.rowsOfLast);
                out.writeInt(state.removed.size());
                for (Key key : state.removed) {
                    write(out, key);
                }
                for (var window : state.windows.entrySet()) {
                    writeChange(out, window.getKey(), window.getValue(), state.estimates.get(window.getKey()));
                }
            }));
        }

        private static void writeChange(
                DataOutputStream out, Key key, OpenWindow window, @Nullable EstimateChunk estimate) throws IOException {
            boolean rowsSayAll = estimate == null && window.rows().isEmpty();
            byte[] rows = rowsSayAll ? window.profile().change().orElse(NOTHING) : NOTHING;
            if (rows.length > 0 && !window.profile().hasChanged()) {
                return;
            }
            write(out, key);
            write(out, rows);
            if (rows.length == 0) {
                write(out, window);
                write(out, estimate == null ? NOTHING : estimate.toBytes());
            }
        }

        @Override
        public void apply(OpenWindows state, byte[] change) {
            read(change, in -> {
                byte version = in.readByte();
                if (version != CHANGE_VERSION) {
                    throw new IllegalStateException("open windows: a change of version " + version + " is not of "
                            + CHANGE_VERSION + ". It was written by another release; see its notes on upgrading.");
                }
                state.endsLength = UNKNOWN;
                state.newestMillis = in.readLong();
                state.sampled = in.readLong();
                state.rowsOfLast = in.readLong();
                for (int left = in.readInt(); left > 0; left--) {
                    Key gone = readKey(in);
                    state.windows.remove(gone);
                    state.estimates.remove(gone);
                }
                while (in.available() > 0) {
                    applyToWindow(state, readKey(in), in);
                }
            });
        }

        private static void applyToWindow(OpenWindows state, Key key, DataInputStream in) throws IOException {
            byte[] rows = read(in);
            OpenWindow grown = state.windows.get(key);
            if (rows.length > 0 && grown != null) {
                grown.profile().apply(rows);
                return;
            }
            Profile profile = Profile.fromBytes(read(in));
            state.windows.put(key, window(profile, read(in), in.readLong()));
            byte[] estimate = read(in);
            if (estimate.length > 0) {
                state.estimates.put(key, EstimateChunk.fromBytes(estimate));
            }
        }

        private static OpenWindow window(Profile profile, byte[] rows, long openedAt) {
            return new OpenWindow(profile, rows.length == 0 ? null : RowSample.fromBytes(rows), openedAt);
        }

        private interface Writing {
            void to(DataOutputStream out) throws IOException;
        }

        private interface Reading {
            void from(DataInputStream in) throws IOException;
        }

        private static byte[] bytes(Writing writing) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (DataOutputStream out = new DataOutputStream(bytes)) {
                writing.to(out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return bytes.toByteArray();
        }

        private static void read(byte[] bytes, Reading reading) {
            try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
                reading.from(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void write(DataOutputStream out, Key key) throws IOException {
            out.writeLong(key.fromMillis());
            out.writeUTF(key.modelVersion());
        }

        private static Key readKey(DataInputStream in) throws IOException {
            return new Key(in.readLong(), in.readUTF());
        }

        private static void write(DataOutputStream out, OpenWindow window) throws IOException {
            write(out, window.profile().toBytes());
            write(out, window.rows().map(RowSample::toBytes).orElse(NOTHING));
            out.writeLong(window.openedAtMillis());
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
