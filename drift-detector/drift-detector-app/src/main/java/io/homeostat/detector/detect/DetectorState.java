package io.homeostat.detector.detect;

import io.homeostat.backbone.store.StateCodec;
import io.homeostat.drift.statistics.estimation.EstimateChunk;
import io.homeostat.drift.statistics.monitor.MonitorConfig;
import io.homeostat.drift.statistics.monitor.MonitorState;
import io.homeostat.drift.statistics.performance.Task;
import io.homeostat.drift.statistics.profile.Profile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All that is known of a model at its own key: its monitor, and the windows whose partitions have not all reported. */
final class DetectorState {
    static final StateCodec<DetectorState> CODEC = new Codec();
    private static final byte VERSION = 2; // before, there were no estimates

    private final Task task;
    private final MonitorState monitor;
    private final TreeMap<WindowKey, Merge> merges = new TreeMap<>();
    private String previousChampion = "";
    private long retunesAsked;
    private EstimatorLearning learning = new EstimatorLearning();

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

    /** A window's profile so far, and which partitions it has. */
    static final class Merge {
        private final BitSet partitions;
        private Profile profile;
        private @Nullable EstimateChunk estimate;

        private Merge(BitSet partitions, Profile profile, @Nullable EstimateChunk estimate) {
            this.partitions = partitions;
            this.profile = profile;
            this.estimate = estimate;
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
    }

    MonitorState monitor() {
        return monitor;
    }

    /** Adds a partition's share. A share of another shape (another reference) is refused: false. */
    boolean merge(WindowKey key, int partition, Profile share, @Nullable EstimateChunk estimate) {
        Merge merge = merges.get(key);
        if (merge == null) {
            BitSet first = new BitSet();
            first.set(partition);
            merges.put(key, new Merge(first, share, estimate));
            return true;
        }
        try {
            // into the share: if it fails midway, the profile so far stays whole
            share.merge(merge.profile);
            merge.profile = share;
            merge.partitions.set(partition);
            merge.add(estimate);
            return true;
        } catch (IllegalArgumentException otherShape) {
            return false;
        }
    }

    /**
     * Takes the oldest window if it is complete: every partition has reported, or two windows later has begun to.
     *
     * @param windowMillis length of a window
     */
    Optional<Map.Entry<WindowKey, Merge>> takeComplete(int partitions, long windowMillis) {
        Map.Entry<WindowKey, Merge> oldest = merges.firstEntry();
        if (oldest == null) {
            return Optional.empty();
        }
        boolean all = oldest.getValue().partitions.cardinality() >= partitions;
        boolean overtaken = merges.lastKey().fromMillis() >= oldest.getKey().fromMillis() + 2 * windowMillis;
        if (!all && !overtaken) {
            return Optional.empty();
        }
        merges.remove(oldest.getKey());
        return Optional.of(oldest);
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

    private static final class Codec implements StateCodec<DetectorState> {
        @Override
        public byte[] encode(DetectorState state) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (DataOutputStream out = new DataOutputStream(bytes)) {
                out.writeByte(VERSION);
                out.writeUTF(state.task.name());
                write(out, state.monitor.toBytes());
                out.writeUTF(state.previousChampion);
                out.writeLong(state.retunesAsked);
                out.writeInt(state.merges.size());
                for (Map.Entry<WindowKey, Merge> merge : state.merges.entrySet()) {
                    out.writeLong(merge.getKey().fromMillis());
                    out.writeUTF(merge.getKey().modelVersion());
                    write(out, merge.getValue().partitions.toByteArray());
                    write(out, merge.getValue().profile.toBytes());
                    EstimateChunk estimate = merge.getValue().estimate;
                    write(out, estimate == null ? new byte[0] : estimate.toBytes());
                }
                write(out, state.learning.toBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return bytes.toByteArray();
        }

        @Override
        public DetectorState decode(byte[] bytes) {
            try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
                byte version = in.readByte();
                DetectorState state = new DetectorState(Task.valueOf(in.readUTF()), MonitorState.fromBytes(read(in)));
                state.previousChampion = in.readUTF();
                state.retunesAsked = in.readLong();
                int size = in.readInt();
                for (int i = 0; i < size; i++) {
                    WindowKey key = new WindowKey(in.readLong(), in.readUTF());
                    BitSet partitions = BitSet.valueOf(read(in));
                    Profile profile = Profile.fromBytes(read(in));
                    byte[] estimate = version < VERSION ? new byte[0] : read(in);
                    state.merges.put(
                            key,
                            new Merge(
                                    partitions,
                                    profile,
                                    estimate.length == 0 ? null : EstimateChunk.fromBytes(estimate)));
                }
                if (version >= VERSION) {
                    state.learning = EstimatorLearning.fromBytes(read(in));
                }
                return state;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
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
