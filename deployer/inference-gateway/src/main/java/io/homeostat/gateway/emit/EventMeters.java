package io.homeostat.gateway.emit;

import io.homeostat.backbone.event.PredictionEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Counts events per model: what reached the topic, what of it belongs to a rollout, what was dropped. */
final class EventMeters {
    private final MeterRegistry meters;
    private final ConcurrentMap<String, OfModel> models = new ConcurrentHashMap<>();

    EventMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    void emitted(PredictionEvent event) {
        OfModel of = of(event);
        of.emitted.increment();
        if (event.rolloutId() != null) {
            of.inRollout.increment();
        }
    }

    void dropped(PredictionEvent event) {
        of(event).dropped.increment();
    }

    private OfModel of(PredictionEvent event) {
        return models.computeIfAbsent(
                event.model(),
                m -> new OfModel(
                        meters.counter("homeostat.gateway.predictions", "model", m),
                        meters.counter("homeostat.gateway.rollout.predictions", "model", m),
                        meters.counter("homeostat.gateway.events.dropped", "model", m)));
    }

    private record OfModel(Counter emitted, Counter inRollout, Counter dropped) {}
}
