package io.homeostat.detector;

import io.homeostat.backbone.deadletter.DeadLetter;
import io.homeostat.backbone.event.LabelledEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the join says, counted. Tags are registered models and fixed words, never features or
 * ids; a counter is looked up once per model, as every event asks for one. What an aborted transaction did is counted again.
 */
final class DetectorMeters {
    private static final Map<String, Counter> JOINED = new ConcurrentHashMap<>();
    private static final Map<String, Counter> CORRECTED = new ConcurrentHashMap<>();

    private DetectorMeters() {}

    /** What the join says. */
    static void joined(Object event) {
        if (event instanceof LabelledEvent labelled) {
            String model = labelled.prediction().model();
            if (labelled.correction()) {
                of(CORRECTED, "homeostat.detector.labels.joined", model, "correction", "true")
                        .increment();
            } else {
                of(JOINED, "homeostat.detector.labels.joined", model, "correction", "false")
                        .increment();
            }
        } else if (event instanceof DeadLetter letter) {
            setAside(letter.reason());
        }
    }

    // a letter does not name its model
    private static void setAside(DeadLetter.Reason reason) {
        if (reason == DeadLetter.Reason.INVALID_TIME) {
            Metrics.counter("homeostat.detector.labels.late").increment();
        } else if (reason == DeadLetter.Reason.LABEL_WITHOUT_PREDICTION) {
            Metrics.counter("homeostat.detector.labels.expired").increment();
        }
    }

    private static Counter of(Map<String, Counter> known, String name, String model, String tag, String value) {
        return known.computeIfAbsent(model, m -> Metrics.counter(name, Tags.of("model", m, tag, value)));
    }
}
