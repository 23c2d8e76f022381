package io.homeostat.detector.api;

import io.homeostat.backbone.event.MetricInterval;
import io.homeostat.backbone.event.ProfileEvent;
import io.homeostat.backbone.event.SliceRef;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A slice's outcomes in a window.
 *
 * @param column the feature
 * @param value its value or range; {@code other} and {@code missing} for what has no series of its own
 * @param modelVersion who answered
 * @param from the window's first instant
 * @param to its end, exclusive
 * @param labelled outcomes that became known in it
 * @param metrics of those, by name
 * @param intervals how well they are known, by name
 */
record SliceWindowView(
        String column,
        String value,
        String modelVersion,
        Instant from,
        Instant to,
        long labelled,
        Map<String, Double> metrics,
        Map<String, MetricInterval> intervals) {
    static Optional<SliceWindowView> of(ProfileEvent e) {
        SliceRef slice = e.slice();
        return slice == null
                ? Optional.empty()
                : Optional.of(new SliceWindowView(
                        slice.column(),
                        slice.value(),
                        e.modelVersion(),
                        e.windowFrom(),
                        e.windowTo(),
                        e.labelled(),
                        new TreeMap<>(e.performance()),
                        new TreeMap<>(e.intervals())));
    }
}
