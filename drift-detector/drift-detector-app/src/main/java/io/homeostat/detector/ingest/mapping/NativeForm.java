package io.homeostat.detector.ingest.mapping;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.homeostat.backbone.event.LabelEvent;
import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.backbone.serde.Json;

/** Reads Homeostat's own form where it stands on a user's topic, maybe inside a CloudEvent. */
public final class NativeForm {
    private NativeForm() {}

    /**
     * The event; the CloudEvent's id and time stand in for those that it does not say. Errors:
     * {@link InvalidValueException}.
     */
    public static <V> V read(Message message, Class<V> type) {
        if (message.value() instanceof ObjectNode object) {
            String time = type == LabelEvent.class ? "labelTime" : "eventTime";
            message.attribute("id")
                    .filter(id -> !object.has("predictionId"))
                    .ifPresent(id -> object.put("predictionId", id));
            message.attribute("time").filter(at -> !object.has(time)).ifPresent(at -> object.put(time, at));
        }
        return Json.read(Json.bytes(message.value()), type);
    }
}
