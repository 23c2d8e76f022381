package io.homeostat.retune.rest;

import io.homeostat.backbone.serde.Json;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** A model's study: the one that runs, else the last. */
@Path("/api/v1/models/{model}/study")
@Produces(MediaType.APPLICATION_JSON)
public class StudyResource {
    private final RetuneDesk desk;

    StudyResource(RetuneDesk desk) {
        this.desk = desk;
    }

    @GET
    public byte[] study(@PathParam("model") String model) {
        return Json.bytes(desk.study(model));
    }

    /** Refusals as {@code {"error": "…"}}. */
    @ServerExceptionMapper
    public Response refused(RefusedException e) {
        return Response.status(e.status())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(Json.bytes(new ErrorBody(String.valueOf(e.getMessage()))))
                .build();
    }
}
