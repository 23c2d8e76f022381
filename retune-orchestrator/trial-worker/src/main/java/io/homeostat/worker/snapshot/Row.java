package io.homeostat.worker.snapshot;

import io.homeostat.backbone.event.LabelledEvent;
import io.homeostat.backbone.spec.FeatureKind;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * A labelled row.
 *
 * @param id its prediction
 * @param time when it was predicted
 * @param features the spec's features; a text of one that is numeric, as before the spec was changed, is missing
 * @param label the truth
 * @param labelTime when that became known
 * @param partition where it was read
 * @param offset where it was read
 */
public record Row(
        String id,
        Instant time,
        Map<String, Object> features,
        String label,
        Instant labelTime,
        int partition,
        long offset) {
    /** Oldest first. */
    static final Comparator<Row> BY_TIME = Comparator.comparing(Row::time).thenComparing(Row::id);

    static Row of(LabelledEvent event, Map<String, FeatureKind> features, int partition, long offset) {
        Map<String, Object> kept = new HashMap<>(features.size() * 2);
        event.prediction().features().forEach((name, value) -> {
            FeatureKind kind = features.get(name);
            if (kind == FeatureKind.CATEGORICAL || kind == FeatureKind.NUMERIC && !(value instanceof String)) {
                kept.put(name, value);
            }
        });
        return new Row(
                event.prediction().predictionId(),
                event.prediction().eventTime(),
                kept,
                event.label(),
                event.labelTime(),
                partition,
                offset);
    }

    /** Whether this says something newer of the same prediction. */
    boolean corrects(Row other) {
        int later = labelTime.compareTo(other.labelTime);
        return later > 0 || (later == 0 && offset > other.offset);
    }
}
