package io.homeostat.retune.rest;

import io.homeostat.backbone.event.RetuneEvent;
import io.homeostat.backbone.serde.Json;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** A model's re-tunes: how they stand, and the wish for one. */
@Path("/api/v1/models/{model}/retunes")
@Produces(MediaType.APPLICATION_JSON)
public class RetunesResource {
    private final RetuneDesk desk;

    RetunesResource(RetuneDesk desk) {
        this.desk = desk;
    }

    @GET
    public byte[] retunes(@PathParam("model") String model) {
        return Json.bytes(desk.retunes(model));
    }

    /** Takes {@code {"summary": "why", "who": "your name"}}; whether it is accepted is said by the ledger. */
    @POST
    @Consumes(MediaType.WILDCARD)
    public Response wish(@PathParam("model") String model, byte @Nullable [] body) {
        RetuneEvent wish = desk.wish(model, body == null ? new byte[0] : body);
        return Response.accepted(Json.bytes(wish)).build();
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
