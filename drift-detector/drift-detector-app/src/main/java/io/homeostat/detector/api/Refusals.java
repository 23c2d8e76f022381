package io.homeostat.detector.api;

import io.homeostat.backbone.serde.Json;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Says what was refused, and why, as {@code {"error": "…"}}. */
public class Refusals {
    /** The body of every answer that is an error. */
    record Refusal(String error) {}

    @ServerExceptionMapper
    public Response refused(AnswerException e) {
        return of(e.status(), String.valueOf(e.getMessage()));
    }

    static Response of(int status, String text) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON)
                .entity(Json.text(Map.of("error", text)))
                .build();
    }
}
