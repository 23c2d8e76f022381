package io.homeostat.drift.statistics.monitor;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * When an alarm is raised, and when a re-tune is asked for.
 *
 * @param falseAlarmsPerYear budget of all sources of alarms together, above 0, default 2
 * @param outcomesPerYear labelled rows expected per year; if empty it is measured from the stream
 * @param cooldown event time after a re-tune was asked for, or ended, without another alarm; default 6 h
 * @param inputDriftAlarms whether drift of the inputs alone raises an alarm, default true
 * @param estimateAlarms whether a metric expected, without labels, to be beyond its limit raises one, default false
 * @param largeEffect how many times a moderate effect (PSI .1, KS .1, .25 σ, V .1) an input's effect must be to raise
 *     one, at least 1, default 2.5
 * @param settleRows labelled rows after the estimated change to wait for, so that there is something to learn from,
 *     default 500
 * @param settleAtMost the longest to wait for them after the alarm, default 1 h
 * @param refitEvery time after the last refit or candidate at which a refit is asked for without an alarm, above 0; default never
 * @param asksForRetune whether an alarm leads to a wish to re-tune, default true
 */
public record AlarmPolicy(
        double falseAlarmsPerYear,
        OptionalDouble outcomesPerYear,
        Duration cooldown,
        boolean inputDriftAlarms,
        boolean estimateAlarms,
        double largeEffect,
        int settleRows,
        Duration settleAtMost,
        Optional<Duration> refitEvery,
        boolean asksForRetune) {
    /** The defaults. */
    public static final AlarmPolicy DEFAULT = new AlarmPolicy(
            2,
            OptionalDouble.empty(),
            Duration.ofHours(6),
            true,
            false,
            2.5,
            500,
            Duration.ofHours(1),
            Optional.empty(),
            true);

    /** Checks the ranges. */
    public AlarmPolicy {
        if (!(falseAlarmsPerYear > 0)) {
            throw new IllegalArgumentException(
                    "falseAlarmsPerYear: " + falseAlarmsPerYear + " is not above 0. Give .1 for one in ten years.");
        }
        if (cooldown.isNegative() || settleAtMost.isNegative()) {
            throw new IllegalArgumentException(
                    "cooldown " + cooldown + " or settleAtMost " + settleAtMost + " is below 0.");
        }
        if (refitEvery.filter(every -> every.isNegative() || every.isZero()).isPresent()) {
            throw new IllegalArgumentException(
                    "refitEvery: " + refitEvery.get() + " is not above 0. Leave it out for no schedule.");
        }
        if (!(largeEffect >= 1) || settleRows < 0) {
            throw new IllegalArgumentException(
                    "largeEffect " + largeEffect + " must be at least 1, settleRows " + settleRows + " at least 0.");
        }
    }

    /** The same with another wait for rows to learn from. */
    public AlarmPolicy withSettle(int rows, Duration atMost) {
        return new AlarmPolicy(
                falseAlarmsPerYear,
                outcomesPerYear,
                cooldown,
                inputDriftAlarms,
                estimateAlarms,
                largeEffect,
                rows,
                atMost,
                refitEvery,
                asksForRetune);
    }

    /** The same with another budget and cooldown. */
    public AlarmPolicy withBudget(double perYear, Duration newCooldown) {
        return new AlarmPolicy(
                perYear,
                outcomesPerYear,
                newCooldown,
                inputDriftAlarms,
                estimateAlarms,
                largeEffect,
                settleRows,
                settleAtMost,
                refitEvery,
                asksForRetune);
    }

    /** The same with alarms of input drift alone on or off. */
    public AlarmPolicy withInputDriftAlarms(boolean on) {
        return new AlarmPolicy(
                falseAlarmsPerYear,
                outcomesPerYear,
                cooldown,
                on,
                estimateAlarms,
                largeEffect,
                settleRows,
                settleAtMost,
                refitEvery,
                asksForRetune);
    }

    /** The same with alarms of estimated performance on or off. */
    public AlarmPolicy withEstimateAlarms(boolean on) {
        return new AlarmPolicy(
                falseAlarmsPerYear,
                outcomesPerYear,
                cooldown,
                inputDriftAlarms,
                on,
                largeEffect,
                settleRows,
                settleAtMost,
                refitEvery,
                asksForRetune);
    }

    /** The same with a schedule of refits. */
    public AlarmPolicy withRefitEvery(Optional<Duration> every) {
        return new AlarmPolicy(
                falseAlarmsPerYear,
                outcomesPerYear,
                cooldown,
                inputDriftAlarms,
                estimateAlarms,
                largeEffect,
                settleRows,
                settleAtMost,
                every,
                asksForRetune);
    }

    /** The same for what cannot be re-tuned: alarms, and nothing that follows from them. */
    public AlarmPolicy withoutRetune() {
        return new AlarmPolicy(
                falseAlarmsPerYear,
                outcomesPerYear,
                cooldown,
                inputDriftAlarms,
                estimateAlarms,
                largeEffect,
                settleRows,
                settleAtMost,
                Optional.empty(),
                false);
    }
}
