package io.homeostat.drift.statistics.twosample;

import io.homeostat.drift.statistics.profile.FeatureProfile;

/**
 * Compares one feature of a window with the reference. The reference is a sample too, never a fixed expectation. A
 * difference counts only if it is significant and its effect is large enough to matter.
 */
public interface TwoSampleTest {
    /** The name in signals. */
    String name();

    /** How large an effect must be to matter; the statistic alone never decides. */
    double effectGate();

    /** The effect that is called moderate, the unit in which effects of different tests are put in order. */
    default double moderateEffect() {
        return effectGate();
    }

    /** Whether this kind of feature can be compared. */
    boolean appliesTo(FeatureProfile profile);

    /** Compares a window with the reference. */
    TwoSampleResult test(String feature, FeatureProfile reference, FeatureProfile window);
}
