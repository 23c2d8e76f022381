package io.homeostat.drift.statistics.twosample;

import io.homeostat.drift.statistics.profile.FeatureProfile;

/**
 * What all tests do the same way: what cannot be compared, or has too few rows, gets a verdict of its own; a difference
 * needs statistic &gt; threshold and effect ≥ gate.
 */
abstract class GatedTest implements TwoSampleTest {
    private final String name;
    private final double gate;
    private final long fewestRows;

    GatedTest(String name, double gate, long fewestRows) {
        if (!(gate > 0) || Double.isInfinite(gate) || fewestRows < 1) {
            throw new IllegalArgumentException(name + ": gate " + gate + " and fewest rows " + fewestRows
                    + " must be above 0. The defaults are those of the constructor without parameters.");
        }
        this.name = name;
        this.gate = gate;
        this.fewestRows = fewestRows;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final double effectGate() {
        return gate;
    }

    @Override
    public final TwoSampleResult test(String feature, FeatureProfile reference, FeatureProfile window) {
        long n = counted(reference);
        long m = counted(window);
        String objection = objection(reference, window);
        if (!objection.isEmpty()) {
            return TwoSampleResult.none(name, feature, n, m, Verdict.NOT_COMPARABLE, objection);
        }
        if (Math.min(n, m) < fewestRows) {
            return TwoSampleResult.tooFewRows(name, feature, n, m, fewestRows);
        }
        return TwoSampleResult.decided(name, feature, n, m, difference(reference, window), gate);
    }

    /** How many rows of a profile the test looks at. */
    long counted(FeatureProfile profile) {
        return profile.values();
    }

    /** Why two profiles cannot be compared; empty if they can. */
    abstract String objection(FeatureProfile reference, FeatureProfile window);

    /** The difference of two profiles that can be compared and have enough rows. */
    abstract Difference difference(FeatureProfile reference, FeatureProfile window);
}
