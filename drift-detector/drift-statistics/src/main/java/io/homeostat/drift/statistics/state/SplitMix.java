package io.homeostat.drift.statistics.state;

/**
 * A pseudo-random generator whose whole state is one long, so that it can be kept inside the state that uses it
 * (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).
 */
public final class SplitMix {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private SplitMix() {}

    /** The state that follows. */
    public static long next(long state) {
        return state + GAMMA;
    }

    /** The 64 random bits that belong to a state. */
    public static long bits(long state) {
        long z = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** A seed for a named thing, so that things side by side do not toss the same coins. */
    public static long seed(String name, long salt) {
        return bits(next(name.hashCode() * GAMMA ^ salt));
    }
}
