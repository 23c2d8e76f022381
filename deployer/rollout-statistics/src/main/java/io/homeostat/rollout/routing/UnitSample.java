package io.homeostat.rollout.routing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A sample of units, each taken once, in bounded memory.
 *
 * <p>Units are drawn by hash: at first all, and whenever {@value #LIMIT} are held only every second of those drawn before.
 * A unit left out is left out for ever, so nobody is counted twice; after a million units some 6,000 have been counted.
 */
public final class UnitSample {
    /** How many are held. */
    public static final int LIMIT = 1024;

    private static final long ALL = 1L << 32;
    private static final int SEED = 1;

    private final long below;
    /** Ascending as signed numbers. */
    private final int[] hashes;

    private UnitSample(long below, int[] hashes) {
        this.below = below;
        this.hashes = hashes;
    }

    /** Nobody yet. */
    public static UnitSample none() {
        return new UnitSample(ALL, new int[0]);
    }

    /** A stored state. */
    public static UnitSample of(List<Long> state) {
        if (state.isEmpty() || state.size() > LIMIT + 1) {
            throw new IllegalArgumentException("units: " + state.size() + " numbers are no bound and up to " + LIMIT
                    + " hashes. Begin with a fresh state.");
        }
        return new UnitSample(
                state.get(0),
                state.stream().skip(1).mapToInt(Long::intValue).sorted().toArray());
    }

    /** The state to store: the bound of the hashes, then those held. */
    public List<Long> state() {
        List<Long> state = new ArrayList<>(hashes.length + 1);
        state.add(below);
        for (int hash : hashes) {
            state.add((long) hash);
        }
        return List.copyOf(state);
    }

    /** With this unit; the same object if it is there already or not of the sample. */
    public UnitSample plus(String unitId) {
        int hash = Murmur3.hash32(unitId, SEED);
        if (Integer.toUnsignedLong(hash) >= below) {
            return this;
        }
        int at = Arrays.binarySearch(hashes, hash);
        return at >= 0 ? this : with(hash, -at - 1);
    }

    private UnitSample with(int hash, int at) {
        int[] next = new int[hashes.length + 1];
        System.arraycopy(hashes, 0, next, 0, at);
        next[at] = hash;
        System.arraycopy(hashes, at, next, at + 1, hashes.length - at);
        return next.length <= LIMIT ? new UnitSample(below, next) : halved(next);
    }

    private UnitSample halved(int[] full) {
        long half = below / 2;
        return new UnitSample(
                half,
                Arrays.stream(full)
                        .filter(h -> Integer.toUnsignedLong(h) < half)
                        .toArray());
    }

    /** How many are held. */
    public int size() {
        return hashes.length;
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof UnitSample s && s.below == below && Arrays.equals(s.hashes, hashes));
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(below) + Arrays.hashCode(hashes);
    }

    @Override
    public String toString() {
        return hashes.length + " of the units with hashes below " + below;
    }
}
