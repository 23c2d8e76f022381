package io.homeostat.rollout.routing;

import java.nio.charset.StandardCharsets;

/**
 * MurmurHash3, x86 variant with 32 bits, over the UTF-8 bytes of a text.
 *
 * <p>Idea: four bytes at a time are multiplied, rotated and mixed into the state; the tail and the length follow; a
 * final avalanche makes every input bit change each output bit with probability one half. The same function exists in
 * every language, so a client, a proxy and the gateway can compute the same bucket.
 *
 * <p>Example: {@code hash32("hello", 0) == 0x248bfa47}.
 *
 * <p>Reference: A. Appleby, MurmurHash3 (2011), public domain.
 */
public final class Murmur3 {
    private static final int C1 = 0xcc9e2d51;
    private static final int C2 = 0x1b873593;

    private Murmur3() {}

    /**
     * Hashes the UTF-8 bytes of a text.
     *
     * @param text any text, also empty; an unpaired surrogate counts as '?'
     * @param seed any number, 0 by convention for buckets
     * @return 32 bits, to be read as unsigned
     */
    public static int hash32(String text, int seed) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int hash = seed;
        int tailStart = bytes.length & ~3;
        for (int i = 0; i < tailStart; i += 4) {
            hash = Integer.rotateLeft(hash ^ scrambled(littleEndian(bytes, i, 4)), 13) * 5 + 0xe6546b64;
        }
        hash ^= scrambled(littleEndian(bytes, tailStart, bytes.length - tailStart));
        return avalanche(hash ^ bytes.length);
    }

    private static int littleEndian(byte[] bytes, int from, int count) {
        int block = 0;
        for (int i = count - 1; i >= 0; i--) {
            block = block << 8 | (bytes[from + i] & 0xff);
        }
        return block;
    }

    private static int scrambled(int block) {
        return Integer.rotateLeft(block * C1, 15) * C2;
    }

    private static int avalanche(int hash) {
        int mixed = hash;
        mixed = (mixed ^ mixed >>> 16) * 0x85ebca6b;
        mixed = (mixed ^ mixed >>> 13) * 0xc2b2ae35;
        return mixed ^ mixed >>> 16;
    }
}
