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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** A model in the protocol: its metadata, and whether it is ready. Its predictions are {@link InferRoute}'s. */
@Path("/v2/models/{model}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Open Inference Protocol v2")
@APIResponse(
        responseCode = "404",
        description = "The model or version is not served; those that are, are named",
        content = @Content(schema = @Schema(implementation = ErrorBody.class)))
@APIResponse(
        responseCode = "503",
        description = "Nothing is loaded yet, or a model server says that it is not ready",
        content = @Content(schema = @Schema(implementation = ErrorBody.class)))
public class ModelResource {
    private final Inference inference;

    ModelResource(Inference inference) {
        this.inference = inference;
    }

    @GET
    @Operation(summary = "A model's metadata: versions loaded, platform, inputs, outputs")
    @APIResponse(responseCode = "200", description = "The metadata")
    public ModelInfo model(@PathParam("model") String model) {
        return leased(model, serving -> ModelInfo.of(serving, serving.champion()));
    }

    @GET
    @Path("/ready")
    @Operation(summary = "Whether the champion would answer")
    @APIResponse(responseCode = "200", description = "It would")
    public Response ready(@PathParam("model") String model) {
        return ready(model, leased(model, serving -> serving.champion().ready()));
    }

    @GET
    @Path("/versions/{version}")
    @Operation(summary = "A version's metadata")
    @APIResponse(responseCode = "200", description = "The metadata")
    public ModelInfo version(@PathParam("model") String model, @PathParam("version") String version) {
        return leased(model, serving -> ModelInfo.of(serving, Inference.version(serving, version)));
    }

    @GET
    @Path("/versions/{version}/ready")
    @Operation(summary = "Whether a version would answer")
    @APIResponse(responseCode = "200", description = "It would")
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
