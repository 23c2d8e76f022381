package io.homeostat.benchmarks.loop;

import io.homeostat.backbone.event.LabelledEvent;
import io.homeostat.backbone.event.PredictionEvent;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.model.lightgbm.BoosterTraining;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * What a model lives through, like the one of the demonstration: it is trained first on {@value #HISTORY} rows, a second apart, then
 * come {@value #STEADY} of the same world at 400 a second, then the world changes, and after {@value #SINCE} rows it is
 * tuned again.
 *
 * @param spec the model's
 * @param events all rows with their labels, oldest first
 * @param trainedAt when the first training begins
 * @param changedAt when the world changes
 * @param tunedAt when the second search begins
 * @param fresh later rows of the changed world, which no search sees
 */
record Life(
        ModelSpec spec,
        List<LabelledEvent> events,
        Instant trainedAt,
        Instant changedAt,
        Instant tunedAt,
        BoosterTraining.Rows fresh) {
    static final int HISTORY = 6_000;
    static final int STEADY = 4_000;
    static final int SINCE = 3_000;

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration LABEL_LAG = Duration.ofMillis(1500);

    /** A labelled row. */
    record Example(Map<String, Object> features, String label) {}

    /**
     * A life of rows as they come.
     *
     * @param rows by place; from {@value #HISTORY} + {@value #STEADY} on they are of the changed world
     * @param fresh how many there are of {@link Life#fresh}
     */
    static Life of(ModelSpec spec, IntFunction<Example> rows, int fresh) {
        List<LabelledEvent> events = new ArrayList<>();
        for (int i = 0; i < HISTORY + STEADY + SINCE; i++) {
            Example row = rows.apply(i);
            events.add(new LabelledEvent(
                    PredictionEvent.history("row-" + i, spec.model(), time(i), row.features()),
                    row.label(),
                    time(i).plus(LABEL_LAG),
                    false));
        }
        List<Map<String, Object>> features = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < fresh; i++) {
            Example row = rows.apply(events.size() + i);
            features.add(row.features());
            labels.add(row.label());
        }
        return new Life(
                spec,
                List.copyOf(events),
                time(HISTORY - 1).plus(LABEL_LAG),
                time(HISTORY + STEADY),
                time(HISTORY + STEADY + SINCE).plus(LABEL_LAG),
                new BoosterTraining.Rows(features, labels));
    }

    private static Instant time(int row) {
        return row < HISTORY
                ? START.plusSeconds(row)
                : START.plusSeconds(HISTORY).plus(Duration.ofNanos(2_500_000L * (row - HISTORY)));
    }
}
