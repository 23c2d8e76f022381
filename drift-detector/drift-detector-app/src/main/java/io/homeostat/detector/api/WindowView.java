package io.homeostat.detector.api;

import io.homeostat.backbone.event.MetricInterval;
import io.homeostat.backbone.event.ProfileEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A window of one version.
 *
 * @param modelVersion who answered
 * @param from its first instant
 * @param to its end, exclusive
 * @param rows predictions in it; 0 while its partitions have not all reported
 * @param labelled outcomes that became known in it
 * @param metrics of those, by name
 * @param intervals how well they are known, by name
 * @param estimated metrics expected of the rows, whether or not their labels are known; absent where nothing can say
 */
record WindowView(
        String modelVersion,
        Instant from,
        Instant to,
        long rows,
        long labelled,
        Map<String, Double> metrics,
        Map<String, MetricInterval> intervals,
        ProfileEvent.@Nullable Estimate estimated) {

    /** Predictions and outcomes are told in events of their own; here they are one. The order is kept. */
    static List<WindowView> of(List<ProfileEvent> events) {
        record Key(String version, Instant from, Instant to) {}
        Map<Key, WindowView> windows = new LinkedHashMap<>();
        for (ProfileEvent e : events) {
            windows.merge(
                    new Key(e.modelVersion(), e.windowFrom(), e.windowTo()), of(e), (newer, older) -> newer.and(older));
        }
        return new ArrayList<>(windows.values());
    }

    private static WindowView of(ProfileEvent e) {
        // rows of an event of outcomes are its outcomes
        long rows = e.performance().isEmpty() ? e.rows() : 0;
        return new WindowView(
                e.modelVersion(),
                e.windowFrom(),
                e.windowTo(),
                rows,
                e.labelled(),
                new TreeMap<>(e.performance()),
                new TreeMap<>(e.intervals()),
                e.estimated());
    }

    /* One of the two has the rows, the other one the metrics. */
    private WindowView and(WindowView older) {
        boolean newer = !metrics.isEmpty();
        return new WindowView(
                modelVersion,
                from,
                to,
                rows + older.rows,
                newer ? labelled : older.labelled,
                newer ? metrics : older.metrics,
                newer ? intervals : older.intervals,
                estimated == null ? older.estimated : estimated);
    }
}
