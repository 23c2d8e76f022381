package io.homeostat.drift.statistics.monitor;

import io.homeostat.drift.statistics.twosample.Verdict;
import java.time.Instant;

/**
 * What one test found.
 *
 * @param from start of the time it looked at
 * @param to end of it
 * @param feature the feature; {@code model.error} for a detector of errors
 * @param test the test's or detector's name
 * @param statistic what is compared with the threshold
 * @param effect the size of the difference
 * @param pValue 0 to 1; 1 where the test has none
 * @param adjustedPValue after the correction over all tests of the window
 * @param threshold of the statistic
 * @param n rows of the reference
 * @param m rows of the window
 * @param verdict the test's own verdict
 * @param drifted whether it holds after the correction
 * @param reason one sentence
 */
public record Signal(
        Instant from,
        Instant to,
        String feature,
        String test,
        double statistic,
        double effect,
        double pValue,
        double adjustedPValue,
        double threshold,
        long n,
        long m,
        Verdict verdict,
        boolean drifted,
        String reason) {
    /** The feature name under which detectors of errors report. */
    public static final String ERROR = "model.error";

    /** The feature name under which metrics expected without labels report. */
    public static final String ESTIMATE = "model.estimate";
}
