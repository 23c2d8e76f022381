package io.homeostat.detector.profile;

import io.homeostat.backbone.store.StateBytes;
import io.homeostat.backbone.store.StateCodec;
import io.homeostat.detector.ingest.Watermark;
import io.homeostat.detector.profile.OpenWindows.Key;
import io.homeostat.drift.statistics.estimation.EstimateChunk;
import io.homeostat.drift.statistics.profile.Profile;
import io.homeostat.drift.statistics.profile.ProfileShape;
import io.homeostat.drift.statistics.profile.RowSample;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Open windows as bytes. A window with few rows is written as these and the number of its shape; one with more as its
 * profile, which is as large as some fifty rows.
 */
final class OpenWindowsCodec implements StateCodec<OpenWindows> {
    private static final byte WITH_ESTIMATES = 2;
    private static final byte WITH_SAMPLES = 3;
    private static final byte WITH_OPENINGS = 4;
    private static final byte WITH_SHAPES = 5;
    private static final byte WITH_PARTITIONS = 6;
    private static final byte VERSION = WITH_PARTITIONS;
    private static final byte CHANGE_WITHOUT_SHAPES = 1;
    private static final byte CHANGE_WITHOUT_PARTITIONS = 2;
    private static final byte CHANGE_VERSION = 3;
    private static final byte[] NOTHING = {};

    @Override
    public byte[] encode(OpenWindows state) {
        return StateBytes.of(out -> {
            out.writeByte(VERSION);
            state.watermark.write(out);
            out.writeLong(state.sampled);
            write(out, state.shapes.all());
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
            readTimes(in, state, version >= WITH_PARTITIONS);
            state.sampled = version >= WITH_SAMPLES ? in.readLong() : 0;
            if (version >= WITH_SHAPES) {
                readShapes(in, state.shapes);
            }
            int size = in.readInt();
            for (int i = 0; i < size; i++) {
                state.windows.put(readKey(in), readWindow(in, state.shapes, version));
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
        state.watermark.markKept();
        state.windows.values().forEach(window -> window.profile().markWritten());
        state.shapes.markKept();
        if (state.shapes.areSeveral()) {
            state.shapes.retain(state.windows.values().stream()
                    .filter(OpenWindow::isRowsOfShape)
                    .map(OpenWindow::shape)
                    .collect(Collectors.toSet()));
        }
    }

    /** The windows that are gone; the rows of those that have grown by a few, and all of each other that is new. */
    @Override
    public Optional<byte[]> change(OpenWindows state) {
        return Optional.of(StateBytes.of(out -> {
            out.writeByte(CHANGE_VERSION);
            state.watermark.writeChange(out);
            out.writeLong(state.sampled);
            out.writeLong(state.rowsOfLast);
            write(out, state.shapes.added());
            out.writeInt(state.removed.size());
            for (Key key : state.removed) {
                write(out, key);
            }
            for (var window : state.windows.entrySet()) {
                writeChange(out, window.getKey(), window.getValue(), state.estimates.get(window.getKey()));
            }
        }));
    }

    private static void writeChange(DataOutputStream out, Key key, OpenWindow window, @Nullable EstimateChunk estimate)
            throws IOException {
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
            if (version < CHANGE_WITHOUT_SHAPES || version > CHANGE_VERSION) {
                throw new IllegalStateException("open windows: a change of version " + version + " is not of "
                        + CHANGE_VERSION + ". It was written by another release; see its notes on upgrading.");
            }
            state.forgetDerived();
            readTimes(in, state, version == CHANGE_VERSION);
            state.sampled = in.readLong();
            state.rowsOfLast = in.readLong();
            if (version >= CHANGE_WITHOUT_PARTITIONS) {
                readShapes(in, state.shapes);
            }
            for (int left = in.readInt(); left > 0; left--) {
                Key gone = readKey(in);
                state.windows.remove(gone);
                state.estimates.remove(gone);
            }
            while (in.available() > 0) {
                applyToWindow(state, readKey(in), in, version == CHANGE_WITHOUT_SHAPES ? WITH_OPENINGS : WITH_SHAPES);
            }
        });
    }

    private static void applyToWindow(OpenWindows state, Key key, DataInputStream in, byte version) throws IOException {
        byte[] rows = read(in);
        OpenWindow grown = state.windows.get(key);
        if (rows.length > 0 && grown != null) {
            grown.profile().apply(rows);
            return;
        }
        state.windows.put(key, readWindow(in, state.shapes, version));
        byte[] estimate = read(in);
        if (estimate.length > 0) {
            state.estimates.put(key, EstimateChunk.fromBytes(estimate));
        }
    }

    private static void readTimes(DataInputStream in, OpenWindows state, boolean ofPartitions) throws IOException {
        if (ofPartitions) {
            state.watermark.read(in);
        } else {
            state.watermark = Watermark.at(in.readLong());
        }
    }

    private static OpenWindow readWindow(DataInputStream in, HeldShapes shapes, byte version) throws IOException {
        int shape = version >= WITH_SHAPES ? in.readInt() : HeldShapes.NONE;
        Profile profile = shape == HeldShapes.NONE ? Profile.fromBytes(read(in)) : readRows(in, shapes.get(shape));
        byte[] rows = version >= WITH_SAMPLES ? read(in) : NOTHING;
        RowSample sample = rows.length == 0 ? null : RowSample.fromBytes(rows);
        long openedAt = version >= WITH_OPENINGS ? in.readLong() : Long.MIN_VALUE;
        return new OpenWindow(profile, sample, shape, openedAt);
    }

    private static Profile readRows(DataInputStream in, ProfileShape shape) throws IOException {
        Profile profile = shape.profile(Instant.ofEpochMilli(in.readLong()), Instant.ofEpochMilli(in.readLong()));
        profile.apply(read(in));
        return profile;
    }

    private static void readShapes(DataInputStream in, HeldShapes shapes) throws IOException {
        for (int left = in.readInt(); left > 0; left--) {
            shapes.put(in.readInt(), ProfileShape.fromBytes(read(in)));
        }
    }

    private interface Reading {
        void from(DataInputStream in) throws IOException;
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
        Profile profile = window.profile();
        if (window.isRowsOfShape()) {
            out.writeInt(window.shape());
            out.writeLong(profile.from().toEpochMilli());
            out.writeLong(profile.to().toEpochMilli());
            write(out, profile.rowsOnly().orElseThrow());
        } else {
            out.writeInt(HeldShapes.NONE);
            write(out, profile.toBytes());
        }
        write(out, window.rows().map(RowSample::toBytes).orElse(NOTHING));
        out.writeLong(window.openedAtMillis());
    }

    private static void write(DataOutputStream out, SortedMap<Integer, ProfileShape> shapes) throws IOException {
        out.writeInt(shapes.size());
        for (Map.Entry<Integer, ProfileShape> shape : shapes.entrySet()) {
            out.writeInt(shape.getKey());
            write(out, shape.getValue().toBytes());
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
