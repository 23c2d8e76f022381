package io.homeostat.drift.statistics.monitor;

import io.homeostat.drift.statistics.performance.Metric;
import io.homeostat.drift.statistics.performance.Task;
import io.homeostat.drift.statistics.profile.Schema;
import java.time.Duration;
import java.util.Map;

/**
 * What is watched of a model.
 *
 * @param task what the model does
 * @param schema its features
 * @param positiveClass of a binary task
 * @param window the length of a window, above 0
 * @param limits the bound of each metric that has one: the least of accuracy and AUC, the most of the losses
 * @param slices the features whose values get their own performance series
 * @param tests how windows are tested
 * @param alarms when an alarm is raised
 */
public record MonitorConfig(
        Task task,
        Schema schema,
        String positiveClass,
        Duration window,
        Map<Metric, Double> limits,
        SlicePolicy slices,
        TestPolicy tests,
        AlarmPolicy alarms) {
    /** Checks the window. */
    public MonitorConfig {
        if (window.toMillis() < 1) {
            throw new IllegalArgumentException("window: " + window + " is below 1 ms.");
        }
        limits = Map.copyOf(limits);
        slices.check(schema);
    }

    /** The defaults: positive class "1", no limits. */
    public static MonitorConfig of(Task task, Schema schema, Duration window) {
        return new MonitorConfig(
                task, schema, "1", window, Map.of(), SlicePolicy.NONE, TestPolicy.DEFAULT, AlarmPolicy.DEFAULT);
    }

    /** The same with limits of metrics. */
    public MonitorConfig withLimits(Map<Metric, Double> newLimits) {
        return new MonitorConfig(task, schema, positiveClass, window, newLimits, slices, tests, alarms);
    }

    /** The same with slices. */
    public MonitorConfig withSlices(SlicePolicy policy) {
        return new MonitorConfig(task, schema, positiveClass, window, limits, policy, tests, alarms);
    }

    /** The same with another positive class. */
    public MonitorConfig withPositiveClass(String positive) {
        return new MonitorConfig(task, schema, positive, window, limits, slices, tests, alarms);
    }

    /** The same with another alarm policy. */
    public MonitorConfig withAlarms(AlarmPolicy policy) {
        return new MonitorConfig(task, schema, positiveClass, window, limits, slices, tests, policy);
    }

    /** The same with another test policy. */
    public MonitorConfig withTests(TestPolicy policy) {
        return new MonitorConfig(task, schema, positiveClass, window, limits, slices, policy, alarms);
    }
}
