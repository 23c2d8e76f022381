package io.homeostat.metastore.api;

import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.backbone.serde.Json;
import io.homeostat.metastore.recommend.NotReadyException;
import io.homeostat.study.space.SpaceException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/** Errors, as {@code {"error": "…"}}. */
final class Refusals {
    /** The body of every answer that is an error. */
    record Refusal(String error) {}

    private Refusals() {}

    static Response wrong(InvalidValueException e) {
        return error(400, String.valueOf(e.getMessage()));
    }

    static Response noSpace(SpaceException e) {
        return error(400, String.valueOf(e.getMessage()));
    }

    static Response early(NotReadyException e) {
        return error(503, String.valueOf(e.getMessage()));
    }

    static Response error(int status, String text) {
        return json(status, Map.of("error", text));
    }

    static Response json(int status, Object body) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(Json.bytes(body))
                .build();
    }
}
