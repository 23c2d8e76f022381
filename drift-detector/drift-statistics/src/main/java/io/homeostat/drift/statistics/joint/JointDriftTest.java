package io.homeostat.drift.statistics.joint;

import io.homeostat.drift.statistics.profile.RowSample;
import io.homeostat.drift.statistics.twosample.TwoSampleResult;

/**
 * Compares the rows of a window with those of the reference: the joint distribution of all features. A difference counts
 * only if it is significant and its effect is large enough to matter. Equal samples give equal results.
 */
public interface JointDriftTest {
    /** The feature name under which joint tests report. */
    String FEATURE = "model.rows";

    /** The name in signals. */
    String name();

    /** How large an effect must be to matter; the statistic alone never decides. */
    double effectGate();

    /** Compares a window's sample with the reference's. */
    TwoSampleResult test(RowSample reference, RowSample window);
}
