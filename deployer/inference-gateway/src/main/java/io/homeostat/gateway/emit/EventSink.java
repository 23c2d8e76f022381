package io.homeostat.gateway.emit;

import io.homeostat.backbone.event.PredictionEvent;

/** Takes prediction events. Never blocks and never throws: what cannot be taken is dropped and counted. */
@FunctionalInterface
public interface EventSink {
    void emit(PredictionEvent event);
}
