package io.homeostat.detector.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import java.util.HashMap;
import java.util.Map;

/**
 * What fits its model's spec, counted. A counter is looked up once per task and model, as every event asks for one; tags
 * are registered models. What an aborted transaction did is counted again.
 */
final class IngestMeters {
    private final Map<String, Counter> predictions = new HashMap<>();
    private final Map<String, Counter> labels = new HashMap<>();

    void prediction(String model) {
        predictions.computeIfAbsent(model, m -> counter(m, "prediction")).increment();
    }

    void label(String model) {
        labels.computeIfAbsent(model, m -> counter(m, "label")).increment();
    }

    private static Counter counter(String model, String kind) {
        return Metrics.counter("homeostat.detector.events", "model", model, "kind", kind);
    }
}
