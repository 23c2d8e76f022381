package io.homeostat.drift.statistics.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Reads what {@link StateWriter} wrote; bytes of another type or layout, cut off or too long, are a clear error. */
public final class StateReader {
    private final String what;
    private final ByteBuffer buffer;
    private final int found;

    /**
     * Opens the bytes of a state and checks their head.
     *
     * @param what the state's name, for errors
     * @param bytes what {@link StateWriter#toBytes()} gave
     * @param tag the type expected
     * @param version the layout expected
     */
    public StateReader(String what, byte[] bytes, int tag, int version) {
        this(what, bytes, tag, version, version);
    }

    /**
     * Opens the bytes of a state that may be of an older layout.
     *
     * @param what the state's name, for errors
     * @param bytes what {@link StateWriter#toBytes()} gave
     * @param tag the type expected
     * @param oldest the oldest layout understood
     * @param version the newest layout
     */
    public StateReader(String what, byte[] bytes, int tag, int oldest, int version) {
        this(what, ByteBuffer.wrap(bytes), tag, oldest, version);
    }

    private StateReader(String what, ByteBuffer buffer, int tag, int oldest, int version) {
        this.what = what;
        this.buffer = buffer;
        int foundTag = octet();
        this.found = octet();
        if (foundTag != tag || found < oldest || found > version) {
            throw new IllegalArgumentException(what + ": the bytes are of type " + foundTag + " version " + found
                    + ", expected type " + tag + " version " + version + ". Maybe another version wrote them.");
        }
    }

    /** The layout of the bytes. */
    public int version() {
        return found;
    }

    /** Reads a flag. */
    public boolean flag() {
        return octet() != 0;
    }

    /** Reads a count. */
    public long count() {
        long value = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            int octet = octet();
            value |= (long) (octet & 0x7F) << shift;
            if ((octet & 0x80) == 0) {
                return value;
            }
        }
        throw new IllegalArgumentException(what + ": a count is longer than nine bytes. The bytes are damaged.");
    }

    /** Reads how many things follow, each of at least one byte. */
    public int size() {
        long size = count();
        need(size);
        return (int) size;
    }

    /** Reads a count that must lie between bounds. */
    public int sizeIn(int low, int high) {
        long value = count();
        if (value < low || value > high) {
            throw new IllegalArgumentException(
                    what + ": " + value + " is not in " + low + ".." + high + ". The bytes are damaged.");
        }
        return (int) value;
    }

    /** Reads eight bytes. */
    public long fixed() {
        need(8);
        return buffer.getLong();
    }

    /** Reads four bytes. */
    public float realFloat() {
        need(4);
        return buffer.getFloat();
    }

    /** Reads eight bytes. */
    public double real() {
        return Double.longBitsToDouble(fixed());
    }

    /** Reads how many, then each. */
    public double[] reals() {
        double[] values = new double[size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = real();
        }
        return values;
    }

    /** Reads how many, then each count. */
    public long[] counts() {
        long[] values = new long[size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = count();
        }
        return values;
    }

    /** Reads a text. */
    public String text() {
        int size = size();
        int start = buffer.position();
        buffer.position(start + size);
        return new String(buffer.array(), buffer.arrayOffset() + start, size, StandardCharsets.UTF_8);
    }

    /** Reads an instant. */
    public Instant instant() {
        return Instant.ofEpochSecond(fixed(), count());
    }

    /** Reads the bytes of a state inside this one. */
    public byte[] bytes() {
        byte[] bytes = new byte[size()];
        buffer.get(bytes);
        return bytes;
    }

    /**
     * Opens a state inside this one as {@link #bytes} and a reader of its own would, but in place.
     *
     * @param inner the inner state's name, for errors
     * @param tag the type expected
     * @param oldest the oldest layout understood
     * @param version the newest layout
     */
    public StateReader state(String inner, int tag, int oldest, int version) {
        int size = size();
        ByteBuffer part = buffer.slice(buffer.position(), size);
        buffer.position(buffer.position() + size);
        return new StateReader(inner, part, tag, oldest, version);
    }

    /** Checks that nothing is left over. */
    public void end() {
        if (buffer.hasRemaining()) {
            throw new IllegalArgumentException(
                    what + ": " + buffer.remaining() + " bytes are left over. The bytes are damaged.");
        }
    }

    private int octet() {
        need(1);
        return buffer.get() & 0xFF;
    }

    private void need(long more) {
        if (more > buffer.remaining()) {
            throw new IllegalArgumentException(what + ": the bytes end at " + buffer.limit() + ", " + more
                    + " more were expected at " + buffer.position() + ". The bytes are cut off.");
        }
    }
}
