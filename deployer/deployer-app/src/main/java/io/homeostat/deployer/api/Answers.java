package io.homeostat.deployer.api;

import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.backbone.serde.Json;
import io.homeostat.deployer.copy.StartingException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.function.Supplier;

/** Answers as JSON; what cannot be answered as {@code {"error": "…"}} with the status that says why. */
final class Answers {
    static final int ACCEPTED = 202;
    static final int CONFLICT = 409;

    private Answers() {}

    /** The body of every answer that is an error. */
    record Refusal(String error) {}

    static Response answered(Supplier<Response> work) {
        try {
            return work.get();
        } catch (InvalidValueException e) {
            return json(400, new Refusal(String.valueOf(e.getMessage())));
        } catch (StartingException e) {
            return json(503, new Refusal(String.valueOf(e.getMessage())));
        } catch (AnswerException e) {
            return json(e.status(), new Refusal(String.valueOf(e.getMessage())));
        }
    }

    static Response json(int status, Object body) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON)
                .entity(Json.text(body))
                .build();
    }
}
