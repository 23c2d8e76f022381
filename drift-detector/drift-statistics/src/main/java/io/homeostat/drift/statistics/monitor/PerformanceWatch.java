package io.homeostat.drift.statistics.monitor;

import io.homeostat.drift.statistics.monitor.MonitorInput.ClassOutcome;
import io.homeostat.drift.statistics.monitor.MonitorInput.Outcome;
import io.homeostat.drift.statistics.monitor.MonitorInput.ValueOutcome;
import io.homeostat.drift.statistics.performance.MetricValue;
import io.homeostat.drift.statistics.performance.PerformanceWindow;
import io.homeostat.drift.statistics.performance.Task;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Metrics per window of arriving labels, and their limits. A limit is passed if the value is beyond it by so many
 * standard errors, at least 1.645, that a model right at its limit keeps to the {@link AlarmBudget}. Slices
 * have their windows beside.
 */
final class PerformanceWatch {
    private final MonitorConfig config;
    private final double standardErrors;
    private final SliceWatch slices;

    PerformanceWatch(MonitorConfig config) {
        this.config = config;
        this.standardErrors = AlarmBudget.standardErrors(
                config, AlarmBudget.METRICS, config.limits().size());
        this.slices = new SliceWatch(config, this::add);
    }

    /** Whether the open window ends at or before a time. */
    boolean endsBy(MonitorState state, Instant now) {
        Instant from = state.performanceFrom;
        return from != null && !now.isBefore(from.plus(config.window()));
    }

    /**
     * Counts an outcome in the window of the time at which it is known, however old it is: where each was counted in a
     * window of its own time, one partition that lags would end every window of the others after a row or two.
     *
     * @param now the latest time seen
     */
    void add(MonitorState state, Instant now, Outcome outcome) {
        PerformanceWindow window = state.performance;
        if (window == null) {
            window = new PerformanceWindow(config.task());
            state.performance = window;
            long length = config.window().toMillis();
            state.performanceFrom = Instant.ofEpochMilli(Math.floorDiv(now.toEpochMilli(), length) * length);
        }
        add(window, outcome);
        slices.add(state, outcome);
    }

    private void add(PerformanceWindow window, Outcome outcome) {
        if (outcome instanceof ValueOutcome value) {
            window.addValue(value.predicted(), value.actual());
        } else if (outcome instanceof ClassOutcome c && config.task() == Task.BINARY) {
            String positive = config.positiveClass();
            window.addBinary(c.actual().equals(positive), c.predicted().equals(positive), c.score());
        } else if (outcome instanceof ClassOutcome c && !c.probabilities().isEmpty()) {
            window.addClass(c.actual(), c.predicted(), c.probabilities());
        } else if (outcome instanceof ClassOutcome c) {
            window.addClass(c.actual(), c.predicted(), c.score());
        }
    }

    void close(MonitorState state, StepBuilder step) {
        PerformanceWindow window = state.performance;
        Instant from = state.performanceFrom;
        state.performance = null;
        state.performanceFrom = null;
        if (window == null || from == null) {
            return;
        }
        Instant to = from.plus(config.window());
        for (MetricValue value : window.metrics()) {
            step.performance.add(new PerformancePoint(from, to, Optional.empty(), value));
            Double limit = config.limits().get(value.metric());
            if (limit != null && value.n() >= config.tests().minimumRows()) {
                judge(state, BoundedMetric.of(config.task(), window, value, limit), from, to, step);
            }
        }
        slices.close(state, from, to, step);
    }

    private void judge(MonitorState state, BoundedMetric bounded, Instant from, Instant to, StepBuilder step) {
        MetricValue value = bounded.value();
        boolean beyond = bounded.beyond() > standardErrors;
        state.metricStreaks
                .note(value.metric().key(), beyond, from)
                .ifPresent(
                        since -> step.findings.add(evidence(state.champion, state, value, bounded.limit(), since, to)));
    }

    private Evidence evidence(
            @Nullable String version, MonitorState state, MetricValue value, double limit, Instant since, Instant to) {
        String side = value.metric().higherIsBetter() ? "below the floor" : "above the ceiling";
        String summary = String.format(
                Locale.ROOT,
                "%s %.3f %s %.3f in %d windows in a row",
                value.metric().key(),
                value.value(),
                side,
                limit,
                config.tests().persistence());
        long rows = state.clock.seenSince(since);
        return new Evidence(
                AlarmKind.PERFORMANCE,
                Severity.CRITICAL,
                version == null ? "" : version,
                List.of(),
                since,
                rows,
                to,
                summary);
    }
}
