package io.homeostat.worker.snapshot;

import io.homeostat.backbone.event.LabelledEvent;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.spec.TaskKind;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Keeps the newest rows of a model, in whatever order they come: at most {@code limit} predictions, each with its newest
 * label. The result does not depend on how partitions interleave.
 */
public final class NewestRows {
    private final ModelSpec spec;
    private final Instant dataUntil;
    private final int limit;
    private final TreeSet<Row> ordered = new TreeSet<>(Row.BY_TIME);
    private final Map<String, Row> byId = new HashMap<>();

    /**
     * @param spec whose rows, and which features
     * @param dataUntil labels known later are left out
     */
    public NewestRows(ModelSpec spec, Instant dataUntil) {
        this.spec = spec;
        this.dataUntil = dataUntil;
        this.limit = spec.retune().snapshotRows();
    }

    /** Offers a labelled event. */
    public void offer(LabelledEvent event, int partition, long offset) {
        if (!event.prediction().model().equals(spec.model())
                || event.labelTime().isAfter(dataUntil)
                || !usable(event.label())) {
            return;
        }
        Row known = byId.get(event.prediction().predictionId());
        if (known == null && ordered.size() >= limit && isOlderThanAll(event)) {
            return;
        }
        Row row = Row.of(event, spec.features(), partition, offset);
        if (known != null) {
            if (!row.corrects(known)) {
                return;
            }
            ordered.remove(known);
        }
        ordered.add(row);
        byId.put(row.id(), row);
        if (ordered.size() > limit) {
            Row oldest = ordered.pollFirst();
            if (oldest != null) {
                byId.remove(oldest.id());
            }
        }
    }

    private boolean isOlderThanAll(LabelledEvent event) {
        return event.prediction().eventTime().isBefore(ordered.first().time());
    }

    private boolean usable(String label) {
        if (spec.task() != TaskKind.REGRESSION) {
            return true;
        }
        try {
            return Double.isFinite(Double.parseDouble(label));
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }

    /** The rows so far, oldest first. */
    public List<Row> rows() {
        return List.copyOf(ordered);
    }
}
