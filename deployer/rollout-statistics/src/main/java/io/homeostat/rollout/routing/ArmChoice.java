package io.homeostat.rollout.routing;

/**
 * Chooses the arm of a unit: the candidate exactly when {@code bucket < weightPercent * 100}.
 *
 * <p>So a rising weight only adds units to the candidate and never takes one away, and nothing is stored per unit.
 *
 * <p>Example: at 5 % buckets 0 to 499 go to the candidate; at 25 % buckets 0 to 2,499.
 *
 * @param salt the rollout's own text
 * @param weightPercent share of units for the candidate, 0 to 100 percent
 */
public record ArmChoice(String salt, double weightPercent) {
    public ArmChoice {
        if (!(weightPercent >= 0 && weightPercent <= 100)) {
            throw new IllegalArgumentException("weightPercent: " + weightPercent
                    + " is not within 0 and 100. Give percent: 5 means one unit in twenty.");
        }
    }

    /** The arm that answers this unit. */
    public Arm armOf(String unitId) {
        return armOf(Bucket.of(salt, unitId));
    }

    /** The arm that answers the units of this bucket. */
    public Arm armOf(Bucket bucket) {
        // Percent times a hundred in binary floating point may miss the whole number by an ulp: 0.07 * 100 > 7.
        double boundary = weightPercent * (Bucket.COUNT / 100.0) - 1e-6;
        return bucket.number() < boundary ? Arm.CANDIDATE : Arm.STABLE;
    }
}
