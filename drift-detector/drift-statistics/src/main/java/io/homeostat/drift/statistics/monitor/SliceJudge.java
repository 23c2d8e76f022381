package io.homeostat.drift.statistics.monitor;

import io.homeostat.drift.statistics.performance.MetricValue;
import io.homeostat.drift.statistics.twosample.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * Holds every slice to the policy's bounds, at a level at which all slices together are wrong at most a tenth as often as
 * {@code falseAlarmsPerYear} allows.
 *
 * <p>Idea: of S slices and bounds judged in a window, one that is at its bound is found beyond it with chance a in one window
 * and, as windows have different rows, aᵏ in k of them in a row; so S·aᵏ is the most expected false findings of a window,
 * whatever the slices have in common. With B false alarms allowed per year and W windows a year, a = (B / 10 / (W·S))^(1/k).
 *
 * <p>Decision: beyond if 1 − Φ(shortfall / standard error) ≤ a in k windows in a row in which the slice had at least
 * {@value #FEWEST} rows; {@link BoundedMetric} says what the standard error is.
 */
final class SliceJudge {
    /** The fewest rows of a slice in a window that say something. */
    static final int FEWEST = 50;

    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

    private final MonitorConfig config;

    SliceJudge(MonitorConfig config) {
        this.config = config;
    }

    private record Case(Slice slice, BoundedMetric bounded) {
        MetricValue value() {
            return bounded.value();
        }

        double pValue() {
            return NORMAL.cumulativeProbability(-bounded.beyond());
        }
    }

    /** Judges the open windows of all slices by their metrics. */
    void on(MonitorState state, Map<Slice, List<MetricValue>> metrics, Instant from, Instant to, StepBuilder step) {
        List<Case> cases = cases(state, metrics);
        double level = level(cases.size());
        List<Signal> lasting = new ArrayList<>();
        Instant since = from;
        for (Case judged : cases) {
            Signal signal = signal(judged, level, cases.size(), from, to);
            step.signals.add(signal);
            var streak = state.metricStreaks.note(
                    judged.value().metric().key() + " of " + judged.slice(), signal.drifted(), from);
            if (streak.isPresent()) {
                lasting.add(signal);
                since = streak.get().isBefore(since) ? streak.get() : since;
            }
        }
        if (!lasting.isEmpty()) {
            lasting.sort(Comparator.comparingDouble(Signal::pValue));
            step.findings.add(evidence(state, lasting, since, to));
        }
    }

    private List<Case> cases(MonitorState state, Map<Slice, List<MetricValue>> metrics) {
        List<Case> cases = new ArrayList<>();
        state.slices.windows.forEach((slice, window) -> metrics.getOrDefault(slice, List.of()).stream()
                .filter(value -> value.n() >= FEWEST)
                .forEach(value -> {
                    Double limit = config.slices().limits().get(value.metric());
                    if (limit != null) {
                        cases.add(new Case(slice, BoundedMetric.of(config.task(), window, value, limit)));
                    }
                }));
        return cases;
    }

    /** The chance at which one of these cases may be found beyond its bound in one window. */
    double level(int cases) {
        return AlarmBudget.level(config, AlarmBudget.SLICES, cases);
    }

    private static Signal signal(Case judged, double level, int cases, Instant from, Instant to) {
        MetricValue value = judged.value();
        double p = judged.pValue();
        boolean beyond = p <= level;
        String reason = String.format(
                Locale.ROOT,
                "%s of %s is %.3f (n %d), %s %.3f; p %.2g, %s %.2g for %d slices and bounds",
                value.metric().key(),
                judged.slice(),
                value.value(),
                value.n(),
                value.metric().higherIsBetter() ? "floor" : "ceiling",
                judged.bounded().limit(),
                p,
                beyond ? "at most" : "above",
                level,
                cases);
        return new Signal(
                from,
                to,
                judged.slice().toString(),
                value.metric().key(),
                value.value(),
                Math.abs(value.value() - judged.bounded().limit()),
                p,
                Math.min(1, p * cases),
                judged.bounded().limit(),
                0,
                value.n(),
                beyond ? Verdict.DIFFERENT : Verdict.SAME,
                beyond,
                reason);
    }

    private Evidence evidence(MonitorState state, List<Signal> lasting, Instant since, Instant to) {
        String more = lasting.size() == 1 ? "" : " and " + (lasting.size() - 1) + " more";
        String summary =
                lasting.get(0).reason() + more + ", in " + config.tests().persistence() + " windows in a row";
        return new Evidence(
                AlarmKind.PERFORMANCE,
                Severity.MAJOR,
                state.champion().orElse(""),
                lasting,
                since,
                state.clock.seenSince(since),
                to,
                summary);
    }
}
