package io.homeostat.drift.statistics.twosample;

/**
 * What a test found.
 *
 * @param test the test's name
 * @param feature the feature compared
 * @param statistic what is compared with the threshold
 * @param effect how large the difference is, whatever the number of rows
 * @param pValue 0 to 1; 1 where nothing was tested
 * @param threshold above it the statistic is significant
 * @param n rows of the reference
 * @param m rows of the window
 * @param verdict the conclusion
 * @param reason one sentence
 */
public record TwoSampleResult(
        String test,
        String feature,
        double statistic,
        double effect,
        double pValue,
        double threshold,
        long n,
        long m,
        Verdict verdict,
        String reason) {
    static TwoSampleResult decided(String test, String feature, long n, long m, Difference d, double gate) {
        boolean different = d.statistic() > d.threshold() && d.effect() >= gate;
        return new TwoSampleResult(
                test,
                feature,
                d.statistic(),
                d.effect(),
                d.pValue(),
                d.threshold(),
                n,
                m,
                different ? Verdict.DIFFERENT : Verdict.SAME,
                d.reason());
    }

    static TwoSampleResult none(String test, String feature, long n, long m, Verdict verdict, String reason) {
        return new TwoSampleResult(test, feature, 0, 0, 1, 0, n, m, verdict, reason);
    }

    /** The result for want of rows. */
    public static TwoSampleResult tooFewRows(String test, String feature, long n, long m, long fewest) {
        String reason =
                "too few rows to say: reference " + n + ", window " + m + ", at least " + fewest + " are needed";
        return none(test, feature, n, m, Verdict.TOO_FEW_ROWS, reason);
    }
}
