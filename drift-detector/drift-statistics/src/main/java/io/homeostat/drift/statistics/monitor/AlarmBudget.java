package io.homeostat.drift.statistics.monitor;

import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * How {@code falseAlarmsPerYear} is divided: every source of alarms has a share, and the shares make 1, so all sources
 * together keep to what was stated.
 *
 * <ul>
 *   <li>e-detector .35: its threshold is the losses of a year over its share.
 *   <li>ADWIN .1: its δ falls in proportion where the losses of a year are many. It has no bound of its own on the time to a
 *       false alarm; measured it has at most 5e-7 per loss at δ = .002.
 *   <li>Inputs .2: in one window some adjusted p-value is below a level with the chance of that level at most; the windows of
 *       a year share the budget, and that a drift must last as well only makes false ones rarer.
 *   <li>Slow shifts .1: the threshold is the blocks of a year, of all features, over the share.
 *   <li>Metrics .1, slices .1 and estimated metrics .05: a value right at its bound is beyond it in k windows in a row with chance aᵏ, as their rows
 *       differ; a is such that all bounds in all windows of a year use up the share.
 * </ul>
 */
final class AlarmBudget {
    static final double E_DETECTOR = 0.35;
    static final double ADWIN = 0.1;
    static final double INPUTS = 0.2;
    static final double SLOW_SHIFTS = 0.1;
    static final double METRICS = 0.1;
    static final double SLICES = 0.1;
    static final double ESTIMATES = 0.05;

    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);
    private static final double MILLIS_PER_YEAR = 365.25 * 86_400_000;

    private AlarmBudget() {}

    /** The false alarms that a source may raise per span of time. */
    static double per(double millis, MonitorConfig config, double share) {
        return share * config.alarms().falseAlarmsPerYear() * millis / MILLIS_PER_YEAR;
    }

    /** The false alarms that a source may raise per window. */
    static double perWindow(MonitorConfig config, double share) {
        return per(config.window().toMillis(), config, share);
    }

    /** The level of each of some tests in a window, where all must find the same in k windows in a row; at most .05. */
    static double level(MonitorConfig config, double share, int tests) {
        double allowed = perWindow(config, share) / Math.max(1, tests);
        return Math.min(0.05, Math.pow(allowed, 1.0 / config.tests().persistence()));
    }

    /** How many standard errors a normal value must be off at that level, at least 1.645. */
    static double standardErrors(MonitorConfig config, double share, int tests) {
        return -NORMAL.inverseCumulativeProbability(level(config, share, tests));
    }
}
