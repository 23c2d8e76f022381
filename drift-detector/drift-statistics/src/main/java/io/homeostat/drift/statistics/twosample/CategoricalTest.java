package io.homeostat.drift.statistics.twosample;

import io.homeostat.drift.statistics.profile.CategoricalProfile;
import io.homeostat.drift.statistics.profile.FeatureProfile;

/** A test of the values of categorical features. */
abstract class CategoricalTest extends GatedTest {
    CategoricalTest(String name, double gate, long fewestRows) {
        super(name, gate, fewestRows);
    }

    @Override
    public final boolean appliesTo(FeatureProfile profile) {
        return profile instanceof CategoricalProfile;
    }

    @Override
    String objection(FeatureProfile reference, FeatureProfile window) {
        return appliesTo(reference) && appliesTo(window) ? "" : "the feature is not categorical";
    }

    @Override
    final Difference difference(FeatureProfile reference, FeatureProfile window) {
        return difference((CategoricalProfile) reference, (CategoricalProfile) window);
    }

    abstract Difference difference(CategoricalProfile reference, CategoricalProfile window);
}
