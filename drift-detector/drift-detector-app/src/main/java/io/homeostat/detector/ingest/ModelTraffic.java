package io.homeostat.detector.ingest;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many events of a model this process has seen, whichever task saw them. Counted here and read by the meters when
 * somebody asks: to increment a meter of each registry with every event of a thousand models is ten visits to memory that is
 * in no cache.
 */
final class ModelTraffic {
    private static final Map<String, ModelTraffic> BY_MODEL = new ConcurrentHashMap<>();

    /** Predictions that fit the spec. */
    final LongAdder predictions;

    /** Labels that fit the spec. */
    final LongAdder labels;

    /** Predictions that have come to their window. */
    final LongAdder profiled;

    private ModelTraffic(String model) {
        predictions = counted("homeostat.detector.events", Tags.of("model", model, "kind", "prediction"));
        labels = counted("homeostat.detector.events", Tags.of("model", model, "kind", "label"));
        profiled = counted("homeostat.detector.predictions", Tags.of("model", model));
    }

    private static LongAdder counted(String meter, Tags tags) {
        LongAdder count = new LongAdder();
        FunctionCounter.builder(meter, count, LongAdder::sum).tags(tags).register(Metrics.globalRegistry);
        return count;
    }

    /** A model's, registered with its first event. */
    static ModelTraffic of(String model) {
        return BY_MODEL.computeIfAbsent(model, ModelTraffic::new);
    }
}
