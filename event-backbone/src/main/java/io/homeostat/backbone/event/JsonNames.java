package io.homeostat.backbone.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The names of an object's fields in order, each with its quotes and colon, compared eight bytes at a time. All stand in one
 * array, one behind another: where rows of a thousand models come in turn, a {@link JsonToken} each would be two visits to
 * memory for every name of every row.
 */
final class JsonNames {
    private final long[] words;
    private final int[] ends; // of each name's words
    private final int[] lengths; // in bytes

    private JsonNames(long[] words, int[] ends, int[] lengths) {
        this.words = words;
        this.ends = ends;
        this.lengths = lengths;
    }

    static JsonNames of(String[] names) {
        long[] words = new long[0];
        int[] ends = new int[names.length];
        int[] lengths = new int[names.length];
        for (int i = 0; i < names.length; i++) {
            byte[] written = ('"' + names[i] + "\":").getBytes(StandardCharsets.UTF_8);
            lengths[i] = written.length;
            int start = words.length;
            ends[i] = start + (written.length + 7) / 8;
            words = Arrays.copyOf(words, ends[i]);
            byte[] padded = Arrays.copyOf(written, 8 * (ends[i] - start));
            for (int word = start; word < ends[i]; word++) {
                words[word] = JsonToken.eightAt(padded, 8 * (word - start));
            }
        }
        return new JsonNames(words, ends, lengths);
    }

    int size() {
        return lengths.length;
    }

    /** The length of a name that stands in some JSON at a place; 0 if another piece does. */
    int lengthIfIn(byte[] json, int at, int name) {
        int first = name == 0 ? 0 : ends[name - 1];
        int last = ends[name] - 1;
        int length = lengths[name];
        int padded = 8 * (ends[name] - first);
        if (at + padded > json.length) {
            return standsAtEnd(json, at, first, length) ? length : 0;
        }
        int i = at;
        for (int word = first; word < last; word++, i += 8) {
            if (JsonToken.eightAt(json, i) != words[word]) {
                return 0;
            }
        }
        long mask = -1L >>> (8 * (padded - length));
        return ((JsonToken.eightAt(json, i) ^ words[last]) & mask) == 0 ? length : 0;
    }

    private boolean standsAtEnd(byte[] json, int at, int first, int length) {
        boolean stands = at + length <= json.length;
        for (int i = 0; i < length && stands; i++) {
            stands = json[at + i] == (byte) (words[first + i / 8] >>> (8 * (i % 8)));
        }
        return stands;
    }
}
