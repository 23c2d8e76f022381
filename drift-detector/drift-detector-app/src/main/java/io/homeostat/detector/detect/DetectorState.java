package io.homeostat.detector.detect;

import io.homeostat.backbone.store.StateBytes;
import io.homeostat.backbone.store.StateCodec;
import io.homeostat.backbone.topic.Topic;
import io.homeostat.detector.profile.KnownReference;
import io.homeostat.drift.statistics.estimation.EstimateChunk;
import io.homeostat.drift.statistics.monitor.MonitorConfig;
import io.homeostat.drift.statistics.monitor.MonitorState;
import io.homeostat.drift.statistics.performance.Task;
import io.homeostat.drift.statistics.profile.Profile;
import io.homeostat.drift.statistics.profile.Reference;
import io.homeostat.drift.statistics.profile.RowSample;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a model at its own key: its monitor, that of its feature rows, and the windows whose partitions have
 * not all reported.
 */
final class DetectorState {
    static final StateCodec<DetectorState> CODEC = new Codec();
    private static final byte WITH_ESTIMATES = 2;
    private static final byte WITH_FEATURE_ROWS = 3;
    private static final byte REFERENCES_APART = 4;
    private static final byte WITH_ARRIVALS = 5;
    private static final byte VERSION = WITH_ARRIVALS;
    private static final long LATE_MILLIS = 10_000;
    private static final int MOST_WAITING = 64;
    /** Half of what a record may have: the other half is the monitors'. */
    private static final long MOST_WAITING_BYTES = Topic.MOST_STATE_BYTES / 2;

    private static final byte[] NOTHING = {};

    private final Task task;
    private final MonitorState monitor;
    private final Majority majority = new Majority();
    private final TreeSet<String> learned = new TreeSet<>();
    private @Nullable MonitorState featureRows;
    private final TreeMap<WindowKey, Merge> merges = new TreeMap<>();
    private long takenMillis = Long.MIN_VALUE; // the newest window that was complete
    private String previousChampion = "";
    private long retunesAsked;
    private EstimatorLearning learning = new EstimatorLearning();
    private @Nullable Object references; // what stands for the two
    private @Nullable Reference referenceOfModel;
    private @Nullable Reference referenceOfRows;
    private final Map<Reference, byte[]> bytesOf = new IdentityHashMap<>(); // of those that are not encoded yet

    private DetectorState(Task task, MonitorState monitor) {
        this.task = task;
        this.monitor = monitor;
    }

    static DetectorState initial(MonitorConfig config) {
        return new DetectorState(config.task(), MonitorState.initial(config));
    }

    /** Whether it goes on under a configuration; a model of another task begins anew. */
    boolean fits(MonitorConfig config) {
        return task == config.task();
    }

    record WindowKey(long fromMillis, String modelVersion) implements Comparable<WindowKey> {
        @Override
        public int compareTo(WindowKey other) {
            int byTime = Long.compare(fromMillis, other.fromMillis);
            return byTime != 0 ? byTime : modelVersion.compareTo(other.modelVersion);
        }
    }

    /** A window's profile so far, which partitions it has, and a sample of its rows if they are compared. */
    static final class Merge {
        private final BitSet partitions;
        private final long sinceMillis; // when the first share came, by the wall clock
        private final Profile profile;
        private @Nullable EstimateChunk estimate;
        private @Nullable RowSample rows;
        private long bytes; // at most

        private Merge(
                BitSet partitions, long sinceMillis, Profile profile, long bytes, @Nullable EstimateChunk estimate) {
            this.partitions = partitions;
            this.sinceMillis = sinceMillis;
            this.profile = profile;
            this.bytes = bytes;
            this.estimate = estimate;
        }

        /* exactly: what shares have in common is counted once */
        private void measure() {
            bytes = profile.toBytes().length + (rows == null ? 0 : rows.toBytes().length);
        }

        /** The window's rows as its version's estimator needs them, if it has one. */
        Optional<EstimateChunk> estimate() {
            return Optional.ofNullable(estimate);
        }

        /* a share of another estimator, of before or after, is left out: fewer rows tell the same */
        private void add(@Nullable EstimateChunk share) {
            if (estimate == null) {
                estimate = share;
            } else if (share != null && estimate.isOfSameEstimator(share)) {
                estimate.merge(share);
            }
        }

        Profile profile() {
            return profile;
        }

        Optional<RowSample> rows() {
            return Optional.ofNullable(rows);
        }

        private void add(RowSample share) {
            if (rows == null) {
                rows = share;
            } else if (rows.schema().equals(share.schema())) {
                rows.merge(share);
            }
        }
    }

    MonitorState monitor() {
        return monitor;
    }

    /** The monitor of the feature rows, made anew where there is none. */
    MonitorState featureRows(MonitorConfig config) {
        MonitorState rows = featureRows;
        if (rows == null) {
            rows = MonitorState.initial(config);
            featureRows = rows;
        }
        return rows;
    }

    /** Who answers, for a model that no route tells of. */
    Majority majority() {
        return majority;
    }

    /** Whether the reference in force of a version was learned. */
    boolean isLearned(String version) {
        return learned.contains(version);
    }

    /** Notes of a watched version whether its reference was learned. */
    void learned(String version, boolean wasLearned) {
        if (wasLearned) {
            learned.add(version);
        } else {
            learned.remove(version);
        }
    }

    /**
     * Adds a partition's share. A share of another shape (another reference) is refused: false. What there is of the window can
     * be {@linkplain #take taken} then, and a part of its own begins with the share.
     *
     * @param bytes how many the share has
     * @param nowMillis the wall clock
     */
    boolean merge(
            WindowKey key, int partition, Profile share, long bytes, @Nullable EstimateChunk estimate, long nowMillis) {
        Merge merge = merges.get(key);
        if (merge == null) {
            BitSet first = new BitSet();
            first.set(partition);
            merges.put(key, new Merge(first, nowMillis, share, bytes, estimate));
            return true;
        }
        try {
            // not the other way: what has been here longest stays, and is not copied by a collection of young garbage
            // again
            merge.profile.merge(share);
            merge.partitions.set(partition);
            merge.bytes += bytes;
            merge.add(estimate);
            return true;
        } catch (IllegalArgumentException otherShape) {
            return false;
        }
    }

    /**
     * Adds a sample of the rows of a share that was merged.
     *
     * @param bytes how many it has
     */
    void add(WindowKey key, RowSample rows, long bytes) {
        Merge merge = merges.get(key);
        if (merge != null) {
            merge.bytes += bytes;
            merge.add(rows);
        }
    }

    /** Takes what there is of a window, out of the windows' order. */
    Optional<Merge> take(WindowKey key) {
        return Optional.ofNullable(merges.remove(key));
    }

    /** Whether there are windows of which not all partitions have told. */
    boolean isWaiting() {
        return !merges.isEmpty();
    }

    /**
     * Takes a window that is complete: the oldest, or one that is late. No more than 64 windows wait, and of windows with
     * hundreds of features no more than can be kept.
     *
     * @param windowMillis length of a window
     * @param nowMillis the wall clock
     */
    Optional<Map.Entry<WindowKey, Merge>> takeComplete(int partitions, long windowMillis, long nowMillis) {
        boolean full = isFull();
        for (Map.Entry<WindowKey, Merge> next : merges.entrySet()) {
            if (full || isComplete(next, partitions, windowMillis, nowMillis)) {
                Map.Entry<WindowKey, Merge> complete = Map.entry(next.getKey(), next.getValue());
                merges.remove(next.getKey());
                takenMillis = Math.max(takenMillis, complete.getKey().fromMillis());
                return Optional.of(complete);
            }
            if (!isLate(next)) {
                return Optional.empty(); // windows are tested in their order
            }
        }
        return Optional.empty();
    }

    /**
     * Whether every partition has reported, or two windows later has begun to and the window has been waiting for its own
     * length: who reads what has piled up reads one partition faster than another, by many windows in a moment, and all their
     * shares belong together. Where no later window begins, two lengths are waited for. What came too late for a window that
     * was taken is gathered for 10 s.
     */
    private boolean isComplete(Map.Entry<WindowKey, Merge> window, int partitions, long windowMillis, long nowMillis) {
        long waitedMillis = nowMillis - window.getValue().sinceMillis;
        if (window.getValue().partitions.cardinality() >= partitions) {
            return true;
        } else if (isLate(window)) {
            return waitedMillis >= LATE_MILLIS;
        }
        boolean overtaken = merges.lastKey().fromMillis() >= window.getKey().fromMillis() + 2 * windowMillis;
        return waitedMillis >= 2 * windowMillis || overtaken && waitedMillis >= windowMillis;
    }

    private boolean isLate(Map.Entry<WindowKey, Merge> window) {
        return window.getKey().fromMillis() <= takenMillis;
    }

    /** Whether the windows that wait are too many, or more than can be kept, beside the newest. */
    private boolean isFull() {
        if (merges.size() > MOST_WAITING) {
            return true;
        }
        if (merges.size() > 1 && waitingBytes() > MOST_WAITING_BYTES) {
            merges.values().forEach(Merge::measure);
        }
        return merges.size() > 1 && waitingBytes() > MOST_WAITING_BYTES;
    }

    private long waitingBytes() {
        return merges.values().stream().mapToLong(merge -> merge.bytes).sum();
    }

    String previousChampion() {
        return previousChampion;
    }

    void championWas(String version) {
        previousChampion = version;
    }

    /** How an estimator of the champion is learned, if it came without one. */
    EstimatorLearning learning() {
        return learning;
    }

    long nextRetune() {
        return ++retunesAsked;
    }

    /** Tells in which bytes a reference came that a monitor is about to be given. */
    void cameAs(KnownReference known) {
        bytesOf.put(known.reference(), known.bytes());
    }

    /** What stands for the references of both monitors: another object as soon as one of them is another. */
    @SuppressWarnings("ReferenceEquality") // an equal one costs as much to compare as to encode
    private @Nullable Object references() {
        Reference ofModel = monitor.reference().orElse(null);
        Reference ofRows = featureRows == null ? null : featureRows.reference().orElse(null);
        if (ofModel != referenceOfModel || ofRows != referenceOfRows) {
            referenceOfModel = ofModel;
            referenceOfRows = ofRows;
            references = ofModel == null && ofRows == null ? null : new Object();
        }
        return references;
    }

    private byte[] bytesOf(@Nullable Reference reference) {
        if (reference == null) {
            return NOTHING;
        }
        byte[] bytes = bytesOf.get(reference);
        return bytes == null ? reference.toBytes() : bytes;
    }

    /** The references are by far the largest part, and seldom change: they are written by themselves. */
    private static final class Codec implements StateCodec<DetectorState> {
        @Override
        public @Nullable Object seldom(DetectorState state) {
            return state.references();
        }

        @Override
        public byte[] encodeSeldom(DetectorState state) {
            return state.references() == null
                    ? NOTHING
                    : encode(state.bytesOf(state.referenceOfModel), state.bytesOf(state.referenceOfRows));
        }

        private static byte[] encode(byte[] first, byte[] second) {
            return ByteBuffer.allocate(4 + first.length + second.length)
                    .putInt(first.length)
                    .put(first)
                    .put(second)
                    .array();
        }

        @Override
        public void markKept(DetectorState state) {
            state.bytesOf.clear(); // as large as the references are, and wanted once
        }

        @Override
        public byte[] encode(DetectorState state) {
            return encode(state, MonitorState::toBytes);
        }

        @Override
        public byte[] encodeRest(DetectorState state) {
            return encode(state, MonitorState::toBytesWithoutReference);
        }

        private static byte[] encode(DetectorState state, Function<MonitorState, byte[]> monitor) {
            return StateBytes.of(out -> {
                out.writeByte(VERSION);
                out.writeUTF(state.task.name());
                write(out, monitor.apply(state.monitor));
                write(out, state.featureRows == null ? NOTHING : monitor.apply(state.featureRows));
                state.majority.write(out);
                out.writeInt(state.learned.size());
                for (String version : state.learned) {
                    out.writeUTF(version);
                }
                out.writeUTF(state.previousChampion);
                out.writeLong(state.retunesAsked);
                out.writeLong(state.takenMillis);
                out.writeInt(state.merges.size());
                for (Map.Entry<WindowKey, Merge> merge : state.merges.entrySet()) {
                    out.writeLong(merge.getKey().fromMillis());
                    out.writeUTF(merge.getKey().modelVersion());
                    write(out, merge.getValue().partitions.toByteArray());
                    out.writeLong(merge.getValue().sinceMillis);
                    write(out, merge.getValue().profile.toBytes());
                    EstimateChunk estimate = merge.getValue().estimate;
                    write(out, estimate == null ? NOTHING : estimate.toBytes());
                    write(out, merge.getValue().rows().map(RowSample::toBytes).orElse(NOTHING));
                }
                write(out, state.learning.toBytes());
            });
        }

        @Override
        public DetectorState decode(byte[] bytes) {
            return decode(bytes, NOTHING);
        }

        @Override
        public DetectorState decode(byte[] bytes, byte[] references) {
            ByteBuffer both = ByteBuffer.wrap(references);
            byte[] ofModel = new byte[references.length == 0 ? 0 : both.getInt()];
            both.get(ofModel);
            byte[] ofRows = new byte[both.remaining()];
            both.get(ofRows);
            try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
                byte version = in.readByte();
                DetectorState state =
                        new DetectorState(Task.valueOf(in.readUTF()), MonitorState.fromBytes(read(in), ofModel));
                if (version >= WITH_FEATURE_ROWS) {
                    readWatched(in, state, ofRows);
                }
                state.previousChampion = in.readUTF();
                state.retunesAsked = in.readLong();
                state.takenMillis = version >= WITH_ARRIVALS ? in.readLong() : Long.MIN_VALUE;
                int size = in.readInt();
                for (int i = 0; i < size; i++) {
                    WindowKey key = new WindowKey(in.readLong(), in.readUTF());
                    BitSet partitions = BitSet.valueOf(read(in));
                    long since = version >= WITH_ARRIVALS ? in.readLong() : 0;
                    byte[] profile = read(in);
                    byte[] estimate = version >= WITH_ESTIMATES ? read(in) : NOTHING;
                    byte[] rows = version >= WITH_FEATURE_ROWS ? read(in) : NOTHING;
                    Merge merge = new Merge(
                            partitions,
                            since,
                            Profile.fromBytes(profile),
                            profile.length + rows.length,
                            estimate.length == 0 ? null : EstimateChunk.fromBytes(estimate));
                    merge.rows = rows.length == 0 ? null : RowSample.fromBytes(rows);
                    state.merges.put(key, merge);
                }
                if (version >= WITH_ESTIMATES) {
                    state.learning = EstimatorLearning.fromBytes(read(in));
                }
                return state;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void readWatched(DataInputStream in, DetectorState state, byte[] reference) throws IOException {
            byte[] rows = read(in);
            state.featureRows = rows.length == 0 ? null : MonitorState.fromBytes(rows, reference);
            state.majority.read(in);
            int learned = in.readInt();
            for (int i = 0; i < learned; i++) {
                state.learned.add(in.readUTF());
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
