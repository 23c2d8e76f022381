package io.homeostat.backbone.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A piece of JSON that is expected to stand somewhere again, compared eight bytes at a time, and the text that it says. */
final class JsonToken {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final String text;
    private final byte[] bytes;
    private final long[] words;
    private final long lastMask;

    private JsonToken(String text, byte[] bytes) {
        this.text = text;
        this.bytes = bytes;
        this.words = new long[(bytes.length + 7) / 8];
        byte[] padded = Arrays.copyOf(bytes, words.length * 8);
        for (int i = 0; i < words.length; i++) {
            words[i] = eightAt(padded, i * 8);
        }
        this.lastMask = -1L >>> (8 * (padded.length - bytes.length));
    }

    /** A field's name, with its quotes and colon. */
    static JsonToken name(String name) {
        return of(name, '"' + name + "\":");
    }

    /** A text, with its quotes. */
    static JsonToken quoted(String text) {
        return of(text, '"' + text + '"');
    }

    /** A piece as it is written, which says something else. */
    static JsonToken of(String text, String written) {
        return new JsonToken(text, written.getBytes(StandardCharsets.UTF_8));
    }

    static long eightAt(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at);
    }

    String text() {
        return text;
    }

    int length() {
        return bytes.length;
    }

    boolean standsIn(byte[] json, int at) {
        int last = words.length - 1;
        if (at + words.length * 8 > json.length) {
            int end = at + bytes.length;
            return end <= json.length && Arrays.equals(json, at, end, bytes, 0, bytes.length);
        }
        for (int i = 0; i < last; i++) {
            if (eightAt(json, at + i * 8) != words[i]) {
                return false;
            }
        }
        return ((eightAt(json, at + last * 8) ^ words[last]) & lastMask) == 0;
    }
}
