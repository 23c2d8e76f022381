package io.homeostat.drift.statistics.twosample;

/**
 * How far a window is from its reference.
 *
 * @param statistic what is compared with the threshold
 * @param threshold above it the statistic is significant
 * @param effect how large the difference is, whatever the number of rows
 * @param pValue 0 to 1
 * @param reason one sentence
 */
record Difference(double statistic, double threshold, double effect, double pValue, String reason) {}
