package io.homeostat.worker;

import io.homeostat.backbone.event.LabelledEvent;
import io.homeostat.backbone.event.PredictionEvent;
import io.homeostat.backbone.spec.FeatureKind;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.spec.RetuneSpec;
import io.homeostat.backbone.spec.TaskKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Seeded labelled events: the label is 1 where x is above the threshold, with one in twenty wrong. */
public final class History {
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private History() {}

    public static ModelSpec spec(int snapshotRows, String metric) {
        Map<String, FeatureKind> features = new LinkedHashMap<>();
        features.put("x", FeatureKind.NUMERIC);
        features.put("colour", FeatureKind.CATEGORICAL);
        RetuneSpec retune = new RetuneSpec(
                null,
                null,
                List.of(new RetuneSpec.ObjectiveSpec(metric, null)),
                null,
                null,
                null,
                null,
                snapshotRows,
                null,
                null);
        return new ModelSpec("m", TaskKind.BINARY, null, null, features, null, retune, null);
    }

    /** Events a minute apart, each labelled an hour later. */
    public static List<LabelledEvent> events(int count, double threshold) {
        Random random = new Random(5);
        List<LabelledEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double x = random.nextDouble();
            boolean positive = (x > threshold) != (random.nextInt(20) == 0);
            events.add(event("m", "p" + i, i, x, random.nextBoolean() ? "red" : "blue", positive ? "1" : "0"));
        }
        return events;
    }

    public static LabelledEvent event(String model, String id, int minute, double x, String colour, String label) {
        Instant time = START.plusSeconds(60L * minute);
        return new LabelledEvent(
                PredictionEvent.history(id, model, time, Map.of("x", x, "colour", colour, "extra", 1)),
                label,
                time.plusSeconds(3600),
                false);
    }
}
