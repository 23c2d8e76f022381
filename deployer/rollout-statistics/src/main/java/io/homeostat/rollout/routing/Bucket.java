package io.homeostat.rollout.routing;

/**
 * The place of a unit (user, session, account) in a rollout: one of 10,000 buckets, each a hundredth of a percent.
 *
 * <p>Formula: {@code (uint32(murmur3_32(salt + ":" + unitId, 0)) * 10000) >>> 32}. The salt belongs to one rollout;
 * without it the same units would be the first to meet every new version (two rollouts at 5 % would share 5 % of all
 * units in place of 0.25 %).
 *
 * <p>Example: a unit in bucket 437 is served by the candidate from a weight of 4.38 % on, and stays there while the
 * weight rises.
 *
 * @param number 0 to 9,999
 */
public record Bucket(int number) {
    /** How many buckets there are. */
    public static final int COUNT = 10_000;

    public Bucket {
        if (number < 0 || number >= COUNT) {
            throw new IllegalArgumentException(
                    "bucket: " + number + " is not within 0 and 9999. Compute it with Bucket.of(salt, unitId).");
        }
    }

    /**
     * Places a unit in a rollout.
     *
     * @param salt the rollout's own text, the same for its whole life
     * @param unitId who is to be served by the same arm each time
     */
    public static Bucket of(String salt, String unitId) {
        long hash = Integer.toUnsignedLong(Murmur3.hash32(salt + ":" + unitId, 0));
        return new Bucket((int) ((hash * COUNT) >>> 32));
    }
}
