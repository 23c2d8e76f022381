package io.homeostat.drift.statistics.state;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Writes a state as compact big-endian bytes, headed by a tag (which type) and a version (which layout). Nothing but
 * the values themselves is written, so equal states have equal bytes.
 */
public final class StateWriter {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private static final int USUAL_ROOM = 256;
    private static final int USUAL_SIZE_BYTES = 2; // of states of 128 to 16,383 bytes

    private byte[] buffer;
    private int position;

    /**
     * Starts the bytes of a state.
     *
     * @param tag which type this is, 0–127
     * @param version which layout of that type, 0–127
     */
    public StateWriter(int tag, int version) {
        this(tag, version, USUAL_ROOM);
    }

    /**
     * Starts the bytes of a state whose size is about known.
     *
     * @param room in bytes; if it is not enough, it grows
     */
    public StateWriter(int tag, int version, int room) {
        this.buffer = new byte[Math.max(2, room)];
        put((byte) tag);
        put((byte) version);
    }

    /** Writes a flag. */
    public StateWriter flag(boolean value) {
        put((byte) (value ? 1 : 0));
        return this;
    }

    /** Writes a count of zero or more, one to nine bytes long. */
    public StateWriter count(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("count: " + value + " is below 0.");
        }
        long rest = value;
        while (rest > 0x7F) {
            put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        put((byte) rest);
        return this;
    }

    /** Writes eight bytes. */
    public StateWriter fixed(long value) {
        ensure(8);
        LONGS.set(buffer, position, value);
        position += 8;
        return this;
    }

    /** Writes four bytes. */
    public StateWriter real(float value) {
        ensure(4);
        INTS.set(buffer, position, Float.floatToIntBits(value));
        position += 4;
        return this;
    }

    /** Writes eight bytes. */
    public StateWriter real(double value) {
        return fixed(Double.doubleToLongBits(value));
    }

    /** Writes how many, then each. */
    public StateWriter reals(double[] values) {
        count(values.length);
        for (double value : values) {
            real(value);
        }
        return this;
    }

    /** Writes how many, then each count. */
    public StateWriter counts(long[] values) {
        count(values.length);
        for (long value : values) {
            count(value);
        }
        return this;
    }

    /** Writes a text as UTF-8. */
    public StateWriter text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes an instant to the nanosecond. */
    public StateWriter instant(Instant value) {
        return fixed(value.getEpochSecond()).count(value.getNano());
    }

    /** Writes how many bytes, then the bytes: how one state sits inside another. */
    public StateWriter bytes(byte[] value) {
        count(value.length);
        ensure(value.length);
        System.arraycopy(value, 0, buffer, position, value.length);
        position += value.length;
        return this;
    }

    /**
     * Writes a state inside this one as {@link #bytes} writes the bytes of its own writer, but in place: a profile is states in
     * states, and each would be copied twice.
     *
     * @param tag which type the inner state is, 0–127
     * @param version which layout of that type, 0–127
     * @param content writes the rest of it
     */
    public StateWriter state(int tag, int version, Consumer<StateWriter> content) {
        int start = position;
        ensure(USUAL_SIZE_BYTES);
        position += USUAL_SIZE_BYTES;
        put((byte) tag);
        put((byte) version);
        content.accept(this);
        int size = position - start - USUAL_SIZE_BYTES;
        int sizeBytes =
                (38 - Integer.numberOfLeadingZeros(size)) / 7; // as count() writes it; there are two bytes at least
        if (sizeBytes != USUAL_SIZE_BYTES) {
            ensure(sizeBytes);
            System.arraycopy(buffer, start + USUAL_SIZE_BYTES, buffer, start + sizeBytes, size);
        }
        position = start;
        count(size);
        position += size;
        return this;
    }

    /** Everything written so far. */
    public byte[] toBytes() {
        return Arrays.copyOf(buffer, position);
    }

    private void put(byte value) {
        ensure(1);
        buffer[position++] = value;
    }

    private void ensure(int more) {
        if (position + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, position + more));
        }
    }
}
