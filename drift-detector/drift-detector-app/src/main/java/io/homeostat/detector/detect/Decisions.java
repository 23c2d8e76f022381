package io.homeostat.detector.detect;

import io.homeostat.backbone.event.AlarmEvidence;
import io.homeostat.backbone.event.DriftSignal;
import io.homeostat.backbone.event.FeatureShift;
import io.homeostat.backbone.event.LedgerEntry;
import io.homeostat.backbone.event.MetricInterval;
import io.homeostat.backbone.event.ProfileEvent;
import io.homeostat.backbone.event.RetuneEvent;
import io.homeostat.backbone.event.SliceRef;
import io.homeostat.detector.ingest.mapping.FeatureRow;
import io.homeostat.drift.statistics.estimation.EstimatedMetric;
import io.homeostat.drift.statistics.monitor.Evidence;
import io.homeostat.drift.statistics.monitor.MonitorStep;
import io.homeostat.drift.statistics.monitor.PerformancePoint;
import io.homeostat.drift.statistics.monitor.RetuneAsked;
import io.homeostat.drift.statistics.monitor.Signal;
import io.homeostat.drift.statistics.monitor.Slice;
import io.homeostat.drift.statistics.performance.Interval;
import io.homeostat.drift.statistics.performance.MetricValue;
import io.homeostat.drift.statistics.profile.Profile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What follows from a monitor's step, as events. */
final class Decisions {
    private static final double TWO_SIDED_95 = 1.96;

    private Decisions() {}

    /**
     * The events of a step, in the order in which they are said.
     *
     * @param retuneId the id of a wish to re-tune, if the step asks for one
     * @param shifts the distributions behind an alarm, if the step opens one
     */
    static List<Object> of(String model, String version, MonitorStep step, String retuneId, List<FeatureShift> shifts) {
        List<Object> events = new ArrayList<>();
        step.signals().forEach(s -> events.add(signal(model, version, s)));
        Map<Optional<Slice>, List<PerformancePoint>> series = step.performance().stream()
                .collect(Collectors.groupingBy(PerformancePoint::slice, LinkedHashMap::new, Collectors.toList()));
        series.forEach((slice, points) -> events.add(profile(model, version, slice, points)));
        step.alarm().ifPresent(alarm -> events.add(alarm(model, alarm.evidence(), shifts)));
        step.retune().ifPresent(retune -> events.add(retune(model, version, retuneId, retune)));
        return events;
    }

    /**
     * A window of which all partitions have reported: its rows and what is expected of them; outcomes come in events of their
     * own.
     */
    static ProfileEvent window(String model, String version, Profile window, List<EstimatedMetric> estimated) {
        return new ProfileEvent(
                model,
                version,
                window.from(),
                window.to(),
                window.rows(),
                0,
                Map.of(),
                Map.of(),
                null,
                estimated.isEmpty() ? null : estimate(estimated));
    }

    private static ProfileEvent.Estimate estimate(List<EstimatedMetric> estimated) {
        Map<String, Double> values = new LinkedHashMap<>();
        Map<String, MetricInterval> intervals = new LinkedHashMap<>();
        for (EstimatedMetric e : estimated) {
            values.put(e.metric().key(), e.value());
            double half = TWO_SIDED_95 * e.standardError();
            intervals.put(
                    e.metric().key(),
                    new MetricInterval(
                            e.n(),
                            finite(e.standardError()),
                            finite(e.value() - half),
                            finite(e.value() + half),
                            false));
        }
        return new ProfileEvent.Estimate(estimated.get(0).n(), values, intervals);
    }

    private static DriftSignal signal(String model, String version, Signal s) {
        return new DriftSignal(
                model,
                version,
                s.to(),
                s.from(),
                s.to(),
                s.feature(),
                s.test(),
                finite(s.statistic()),
                finiteOrAbsent(s.effect()),
                finiteOrAbsent(s.pValue()),
                finiteOrAbsent(s.threshold()),
                s.drifted(),
                s.reason());
    }

    private static ProfileEvent profile(
            String model, String version, Optional<Slice> slice, List<PerformancePoint> points) {
        Map<String, Double> values = new LinkedHashMap<>();
        Map<String, MetricInterval> intervals = new LinkedHashMap<>();
        long labelled = 0;
        for (PerformancePoint point : points) {
            values.put(point.value().metric().key(), point.value().value());
            intervals.put(point.value().metric().key(), interval(point.value()));
            labelled = Math.max(labelled, point.value().n());
        }
        Instant from = points.get(0).from();
        Instant to = points.get(0).to();
        SliceRef named = slice.map(s -> new SliceRef(s.column(), s.value())).orElse(null);
        return new ProfileEvent(model, version, from, to, labelled, labelled, values, intervals, named, null);
    }

    private static MetricInterval interval(MetricValue value) {
        Interval interval = value.interval();
        return new MetricInterval(
                value.n(),
                finite(value.standardError()),
                finite(interval.low()),
                finite(interval.high()),
                interval.validity() == Interval.Validity.ANYTIME);
    }

    /** What the monitor follows from now on: a version, or a reference. */
    static LedgerEntry followed(String model, String version, Instant at, String action, String reason) {
        return new LedgerEntry(model, at, LedgerEntry.Process.MONITOR, version, action, reason, Map.of());
    }

    /** An alarm's id. There is one open at a time, so its model and time tell it from all others but the feature rows'. */
    private static String alarmId(String model, Evidence evidence) {
        String of = evidence.modelVersion().equals(FeatureRow.VERSION) ? model + ".features" : model;
        return of + "@" + evidence.detectedAt();
    }

    private static LedgerEntry alarm(String model, Evidence evidence, List<FeatureShift> shifts) {
        return new LedgerEntry(
                model,
                evidence.detectedAt(),
                LedgerEntry.Process.MONITOR,
                alarmId(model, evidence),
                "alarm",
                evidence.summary(),
                Map.of(
                        "kind", evidence.kind().name().toLowerCase(Locale.ROOT),
                        "severity", evidence.severity().name().toLowerCase(Locale.ROOT),
                        "modelVersion", evidence.modelVersion(),
                        "changeSince", evidence.changeSince().toString(),
                        "rowsSinceChange", evidence.rowsSinceChange()),
                new AlarmEvidence(signals(model, evidence), shifts));
    }

    private static RetuneEvent retune(String model, String version, String id, RetuneAsked asked) {
        return asked.evidence()
                .map(evidence -> alarmed(model, id, asked, evidence))
                .orElseGet(() -> new RetuneEvent(
                        id,
                        model,
                        RetuneEvent.Trigger.SCHEDULE,
                        asked.askedAt(),
                        asked.askedAt(),
                        null,
                        null,
                        version,
                        asked.reason(),
                        List.of()));
    }

    private static RetuneEvent alarmed(String model, String id, RetuneAsked asked, Evidence evidence) {
        return new RetuneEvent(
                id,
                model,
                RetuneEvent.Trigger.ALARM,
                asked.askedAt(),
                asked.askedAt(),
                evidence.changeSince(),
                evidence.rowsSinceChange(),
                evidence.modelVersion(),
                evidence.summary() + "; " + asked.reason(),
                signals(model, evidence),
                alarmId(model, evidence));
    }

    private static List<DriftSignal> signals(String model, Evidence evidence) {
        return evidence.signals().stream()
                .map(s -> signal(model, evidence.modelVersion(), s))
                .toList();
    }

    private static double finite(double value) {
        return Double.isFinite(value) ? value : Math.copySign(Double.MAX_VALUE, value);
    }

    private static @Nullable Double finiteOrAbsent(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
