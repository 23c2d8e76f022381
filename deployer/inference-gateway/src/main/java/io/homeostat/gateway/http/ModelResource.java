package io.homeostat.gateway.http;

import io.homeostat.gateway.infer.Inference;
import io.homeostat.gateway.protocol.RefusedException;
import io.homeostat.gateway.serving.ServingModel;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.util.Map;
import java.util.function.Function;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** A model in the protocol: its metadata, and whether it is ready. Its predictions are {@link InferRoute}'s. */
@Path("/v2/models/{model}")
@Produces(MediaType.APPLICATION_JSON)
public class ModelResource {
    private final Inference inference;

    ModelResource(Inference inference) {
        this.inference = inference;
    }

    @GET
    public ModelInfo model(@PathParam("model") String model) {
        return leased(model, serving -> ModelInfo.of(serving, serving.champion()));
    }

    @GET
    @Path("/ready")
    public Response ready(@PathParam("model") String model) {
        return ready(model, leased(model, serving -> serving.champion().ready()));
    }

    @GET
    @Path("/versions/{version}")
    public ModelInfo version(@PathParam("model") String model, @PathParam("version") String version) {
        return leased(model, serving -> ModelInfo.of(serving, Inference.version(serving, version)));
    }

    @GET
    @Path("/versions/{version}/ready")
    public Response versionReady(@PathParam("model") String model, @PathParam("version") String version) {
        return ready(
                model,
                leased(model, serving -> Inference.version(serving, version).ready()));
    }

    /** Refusals in the protocol's words. */
    @ServerExceptionMapper
    public Response refused(RefusedException e) {
        ResponseBuilder answer = Response.status(e.status());
        if (e.status() == 503) {
            answer.header("Retry-After", 1);
        }
        return answer.type(MediaType.APPLICATION_JSON_TYPE)
                .entity(new ErrorBody(String.valueOf(e.getMessage())))
                .build();
    }

    private static Response ready(String model, boolean ready) {
        return Response.status(ready ? 200 : 503)
                .entity(Map.of("name", model, "ready", ready))
                .build();
    }

    private <T> T leased(String model, Function<ServingModel, T> ask) {
        ServingModel serving = inference.lease(model);
        try {
            return ask.apply(serving);
        } finally {
            serving.release();
        }
    }
}
