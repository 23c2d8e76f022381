package io.homeostat.detector.api;

import io.homeostat.backbone.event.AlarmEvidence;
import io.homeostat.backbone.event.DriftSignal;
import io.homeostat.backbone.event.FeatureShift;
import io.homeostat.backbone.event.LedgerEntry;
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
 */
record EvidenceView(
        AlarmView alarm,
        List<DriftSignal> signals,
        List<FeatureShift> features,
        @Nullable Errors errors) {
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

    static EvidenceView of(AlarmView view, LedgerEntry alarm, List<ProfileEvent> newestFirst) {
        AlarmEvidence evidence = Optional.ofNullable(alarm.evidence()).orElse(new AlarmEvidence(List.of(), List.of()));
        return new EvidenceView(view, evidence.signals(), evidence.features(), errors(alarm, newestFirst));
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
        Instant since = Optional.ofNullable(alarm.inputs().get("changeSince"))
                .map(text -> Instant.parse(text.toString()))
                .orElse(alarm.at());
        boolean classes = windows.get(0).performance().containsKey("accuracy");
        return new Errors(classes ? "errorRate" : "mae", since, points(windows, since, alarm.at()));
    }

    private static List<Point> points(List<ProfileEvent> oldestFirst, Instant since, Instant alarm) {
        int change = firstAtOrAfter(oldestFirst, since);
        int raised = firstAtOrAfter(oldestFirst, alarm);
        int from = Math.max(0, Math.max(change - POINTS_BEFORE_CHANGE, raised - MOST_POINTS));
        int to = Math.min(oldestFirst.size(), raised + MOST_POINTS);
        return oldestFirst.subList(from, to).stream().map(EvidenceView::point).toList();
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
