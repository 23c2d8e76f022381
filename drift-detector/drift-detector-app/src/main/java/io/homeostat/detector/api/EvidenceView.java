package io.homeostat.detector.api;

import io.homeostat.backbone.event.AlarmEvidence;
import io.homeostat.backbone.event.DriftSignal;
import io.homeostat.backbone.event.FeatureShift;
import io.homeostat.backbone.event.LedgerEntry;
import io.homeostat.backbone.event.MetricInterval;
import io.homeostat.backbone.event.ProfileEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an alarm rests on, ready to be drawn.
 *
 * @param alarm what was alarmed
 * @param signals the tests and detectors behind it, strongest first
 * @param features reference beside window, of every drifted feature; none of an alarm about errors
 * @param errors how the champion's errors went, oldest first, from before the change until after the alarm
 * @param slices how the metrics of the slices went that the signals name, likewise
 */
record EvidenceView(
        AlarmView alarm,
        List<DriftSignal> signals,
        List<FeatureShift> features,
        @Nullable Errors errors,
        List<SliceSeries> slices) {
    /** The most points of the series on either side of the alarm. */
    static final int MOST_POINTS = 100;

    private static final int POINTS_BEFORE_CHANGE = 20;

    /**
     * A series of errors.
     *
     * @param measure {@code errorRate} of a classifier, {@code mae} of a regression
     * @param changeSince when the change is believed to have begun
     */
    record Errors(String measure, Instant changeSince, List<Point> points) {}

    /** The error in a window of labelled rows. */
    record Point(Instant from, Instant to, long labelled, double error) {}

    /**
     * A slice's metric over time.
     *
     * @param slice as the signals name it, like {@code country=de}
     * @param bound what it was held to
     */
    record SliceSeries(
            String slice, String metric, @Nullable Double bound, List<SlicePoint> points) {}

    /** A slice's metric in a window of labelled rows, with its interval. */
    record SlicePoint(
            Instant from,
            Instant to,
            double value,
            @Nullable MetricInterval interval) {}

    static EvidenceView of(
            AlarmView view, LedgerEntry alarm, List<ProfileEvent> newestFirst, List<ProfileEvent> newestSlicesFirst) {
        AlarmEvidence evidence = Optional.ofNullable(alarm.evidence()).orElse(new AlarmEvidence(List.of(), List.of()));
        return new EvidenceView(
                view,
                evidence.signals(),
                evidence.features(),
                errors(alarm, newestFirst),
                slices(alarm, evidence, newestSlicesFirst));
    }

    private static List<SliceSeries> slices(LedgerEntry alarm, AlarmEvidence evidence, List<ProfileEvent> newestFirst) {
        List<SliceSeries> series = new ArrayList<>();
        for (DriftSignal signal : evidence.signals()) {
            List<ProfileEvent> windows = new ArrayList<>();
            newestFirst.stream()
                    .filter(e -> e.modelVersion().equals(signal.modelVersion()))
                    .filter(e -> e.slice() != null
                            && signal.subject().equals(e.slice().toString()))
                    .filter(e -> e.performance().containsKey(signal.test()))
                    .forEach(e -> windows.add(0, e));
            if (!windows.isEmpty()) {
                series.add(new SliceSeries(
                        signal.subject(),
                        signal.test(),
                        signal.threshold(),
                        around(windows, since(alarm), alarm.at()).stream()
                                .map(e -> slicePoint(e, signal.test()))
                                .toList()));
            }
        }
        return series;
    }

    private static SlicePoint slicePoint(ProfileEvent e, String metric) {
        return new SlicePoint(
                e.windowFrom(),
                e.windowTo(),
                e.performance().getOrDefault(metric, Double.NaN),
                e.intervals().get(metric));
    }

    private static Instant since(LedgerEntry alarm) {
        return Optional.ofNullable(alarm.inputs().get("changeSince"))
                .map(text -> Instant.parse(text.toString()))
                .orElse(alarm.at());
    }

    private static @Nullable Errors errors(LedgerEntry alarm, List<ProfileEvent> newestFirst) {
        String version = String.valueOf(alarm.inputs().get("modelVersion"));
        List<ProfileEvent> windows = new ArrayList<>();
        newestFirst.stream()
                .filter(e -> e.modelVersion().equals(version))
                .filter(e -> e.performance().containsKey("accuracy")
                        || e.performance().containsKey("mae"))
                .forEach(e -> windows.add(0, e));
        if (windows.isEmpty()) {
            return null;
        }
        Instant since = since(alarm);
        boolean classes = windows.get(0).performance().containsKey("accuracy");
        return new Errors(
                classes ? "errorRate" : "mae",
                since,
                around(windows, since, alarm.at()).stream()
                        .map(EvidenceView::point)
                        .toList());
    }

    private static List<ProfileEvent> around(List<ProfileEvent> oldestFirst, Instant since, Instant alarm) {
        int change = firstAtOrAfter(oldestFirst, since);
        int raised = firstAtOrAfter(oldestFirst, alarm);
        int from = Math.max(0, Math.max(change - POINTS_BEFORE_CHANGE, raised - MOST_POINTS));
        int to = Math.min(oldestFirst.size(), raised + MOST_POINTS);
        return oldestFirst.subList(from, to);
    }

    private static int firstAtOrAfter(List<ProfileEvent> oldestFirst, Instant time) {
        int first = 0;
        while (first < oldestFirst.size() && oldestFirst.get(first).windowFrom().isBefore(time)) {
            first++;
        }
        return first;
    }

    private static Point point(ProfileEvent e) {
        Double accuracy = e.performance().get("accuracy");
        double error = accuracy == null ? e.performance().getOrDefault("mae", Double.NaN) : 1 - accuracy;
        return new Point(e.windowFrom(), e.windowTo(), e.labelled(), error);
    }
}
