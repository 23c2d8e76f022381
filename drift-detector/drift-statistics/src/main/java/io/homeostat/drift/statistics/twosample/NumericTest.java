package io.homeostat.drift.statistics.twosample;

import io.homeostat.drift.statistics.profile.FeatureProfile;
import io.homeostat.drift.statistics.profile.NumericProfile;

/** A test of the values of numeric features by their sketches; their bins do not matter. */
abstract class NumericTest extends GatedTest {
    NumericTest(String name, double gate, long fewestRows) {
        super(name, gate, fewestRows);
    }

    @Override
    public final boolean appliesTo(FeatureProfile profile) {
        return profile instanceof NumericProfile;
    }

    @Override
    final String objection(FeatureProfile reference, FeatureProfile window) {
        return appliesTo(reference) && appliesTo(window) ? "" : "the feature is not numeric";
    }

    @Override
    final Difference difference(FeatureProfile reference, FeatureProfile window) {
        return difference((NumericProfile) reference, (NumericProfile) window);
    }

    abstract Difference difference(NumericProfile reference, NumericProfile window);
}
