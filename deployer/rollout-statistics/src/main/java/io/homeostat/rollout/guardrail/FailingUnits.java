package io.homeostat.rollout.guardrail;

import io.homeostat.rollout.routing.Murmur3;
import java.util.ArrayList;
import java.util.List;

/**
 * The units whose first violation has been counted, as 32-bit hashes in the order of their coming.
 *
 * <p>Units stick to their arm, so one unit that fails again and again would be taken for many (a false alarm rate of
 * 27.5 % in place of 1.9 %). Memory is bounded: beyond {@value #LIMIT} units the oldest is forgotten and may be counted
 * a second time; two units share a hash with probability 1e-6 per pair of full memory, then the second is not counted.
 *
 * @param hashes at most {@value #LIMIT}
 */
public record FailingUnits(List<Integer> hashes) {
    /** How many units are remembered. */
    public static final int LIMIT = 4096;

    public FailingUnits {
        if (hashes.size() > LIMIT) {
            throw new IllegalArgumentException("hashes: " + hashes.size() + " are above " + LIMIT + ".");
        }
        hashes = List.copyOf(hashes);
    }

    /** Nobody has failed yet. */
    public static FailingUnits none() {
        return new FailingUnits(List.of());
    }

    /** Whether the unit's first violation has been counted. */
    public boolean contains(String unitId) {
        return hashes.contains(Murmur3.hash32(unitId, 0));
    }

    /** Remembers a unit. */
    public FailingUnits plus(String unitId) {
        List<Integer> next = new ArrayList<>(hashes.subList(hashes.size() == LIMIT ? 1 : 0, hashes.size()));
        next.add(Murmur3.hash32(unitId, 0));
        return new FailingUnits(next);
    }
}
