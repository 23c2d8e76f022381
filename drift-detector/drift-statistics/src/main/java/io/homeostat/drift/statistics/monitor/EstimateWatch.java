package io.homeostat.drift.statistics.monitor;

import io.homeostat.drift.statistics.estimation.EstimatedMetric;
import io.homeostat.drift.statistics.monitor.MonitorInput.WindowClosed;
import io.homeostat.drift.statistics.performance.Metric;
import io.homeostat.drift.statistics.twosample.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Performance expected of a window whose labels are not known: a signal if it is further from the reference's than chance
 * explains; a finding, if that was asked for, where it is beyond the metric's limit in windows in a row, by so many standard
 * errors, at least 1.645, that one right at its limit keeps to the {@link AlarmBudget}.
 */
final class EstimateWatch {
    private final MonitorConfig config;
    private final double standardErrors;

    EstimateWatch(MonitorConfig config) {
        this.config = config;
        this.standardErrors = AlarmBudget.standardErrors(
                config, AlarmBudget.ESTIMATES, config.limits().size());
    }

    void on(MonitorState state, WindowClosed window, StepBuilder step) {
        List<Signal> beyond = new ArrayList<>();
        Instant since = window.merged().from();
        for (EstimatedMetric estimate : window.estimated()) {
            Signal signal = signal(window, estimate);
            step.signals.add(signal);
            Double limit = config.limits().get(estimate.metric());
            if (limit != null
                    && config.alarms().estimateAlarms()
                    && estimate.n() >= config.tests().minimumRows()) {
                var streak = state.metricStreaks.note(
                        "estimated " + estimate.metric().key(),
                        isBeyond(estimate, limit),
                        window.merged().from());
                if (streak.isPresent()) {
                    beyond.add(signal);
                    since = streak.get().isBefore(since) ? streak.get() : since;
                }
            }
        }
        if (!beyond.isEmpty()) {
            step.findings.add(evidence(state, window, beyond, since));
        }
    }

    private boolean isBeyond(EstimatedMetric estimate, double limit) {
        double shortfall = estimate.metric().higherIsBetter() ? limit - estimate.value() : estimate.value() - limit;
        return shortfall > standardErrors * estimate.standardError();
    }

    private static Signal signal(WindowClosed window, EstimatedMetric estimate) {
        boolean low = estimate.value() < (estimate.lower() + estimate.upper()) / 2;
        double threshold = low ? estimate.lower() : estimate.upper();
        String reason = String.format(
                Locale.ROOT,
                "%s is expected to be %.3f (n %d), %s %.3f to %.3f as of the reference",
                estimate.metric().key(),
                estimate.value(),
                estimate.n(),
                estimate.outside() ? "outside" : "within",
                estimate.lower(),
                estimate.upper());
        return new Signal(
                window.merged().from(),
                window.merged().to(),
                Signal.ESTIMATE,
                estimate.metric().key(),
                estimate.value(),
                Math.abs(estimate.value() - (estimate.lower() + estimate.upper()) / 2),
                1,
                1,
                threshold,
                0,
                estimate.n(),
                estimate.outside() ? Verdict.DIFFERENT : Verdict.SAME,
                estimate.outside(),
                reason);
    }

    private Evidence evidence(MonitorState state, WindowClosed window, List<Signal> beyond, Instant since) {
        Metric metric = Metric.ofKey(beyond.get(0).test());
        String summary = String.format(
                Locale.ROOT,
                "%s is expected to be %.3f, %s %.3f, in %d windows in a row; labels are still to say so",
                metric.key(),
                beyond.get(0).statistic(),
                metric.higherIsBetter() ? "below the floor" : "above the ceiling",
                config.limits().get(metric),
                config.tests().persistence());
        return new Evidence(
                AlarmKind.ESTIMATED_PERFORMANCE,
                Severity.MINOR,
                window.modelVersion(),
                beyond,
                since,
                state.clock.seenSince(since),
                window.merged().to(),
                summary);
    }
}
