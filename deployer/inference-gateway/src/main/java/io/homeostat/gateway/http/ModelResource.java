package io.homeostat.gateway.http;

import io.homeostat.gateway.infer.Inference;
import io.homeostat.gateway.protocol.InferRequest;
import io.homeostat.gateway.protocol.RefusedException;
import io.homeostat.gateway.protocol.RequestReader;
import io.homeostat.gateway.protocol.ResponseWriter;
import io.homeostat.gateway.serving.ServingModel;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.function.Function;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** A model in the protocol: its metadata, whether it is ready, and its predictions. */
@Path("/v2/models/{model}")
@Produces(MediaType.APPLICATION_JSON)
public class ModelResource {
    private static final int TRACEPARENT_LENGTH = 55;

    private final Inference inference;
    private final RequestMeters meters;

    ModelResource(Inference inference, RequestMeters meters) {
        this.inference = inference;
        this.meters = meters;
    }

    @GET
    public ModelInfo model(@PathParam("model") String model) {
        return leased(model, serving -> ModelInfo.of(serving, serving.champion()));
    }

    @GET
    @Path("/ready")
    public Map<String, Object> ready(@PathParam("model") String model) {
        return leased(model, serving -> ready(model, true));
    }

    @GET
    @Path("/versions/{version}")
    public ModelInfo version(@PathParam("model") String model, @PathParam("version") String version) {
        return leased(model, serving -> ModelInfo.of(serving, Inference.version(serving, version)));
    }

    @GET
    @Path("/versions/{version}/ready")
    public Response versionReady(@PathParam("model") String model, @PathParam("version") String version) {
        boolean ready = leased(
                model, serving -> Inference.version(serving, version).scorer().isPresent());
        return Response.status(ready ? 200 : 503).entity(ready(model, ready)).build();
    }

    @POST
    @Path("/infer")
    @Consumes(MediaType.WILDCARD)
    public byte[] infer(
            @PathParam("model") String model,
            @HeaderParam("traceparent") @Nullable String traceparent,
            @HeaderParam("Inference-Header-Content-Length") @Nullable String binary,
            byte[] body) {
        return meters.timed(model, () -> {
            InferRequest request = read(body, binary);
            return ResponseWriter.write(inference.infer(model, request, trace(traceparent)), request);
        });
    }

    @POST
    @Path("/versions/{version}/infer")
    @Consumes(MediaType.WILDCARD)
    public byte[] inferVersion(
            @PathParam("model") String model,
            @PathParam("version") String version,
            @HeaderParam("traceparent") @Nullable String traceparent,
            @HeaderParam("Inference-Header-Content-Length") @Nullable String binary,
            byte[] body) {
        return meters.timed(model, () -> {
            InferRequest request = read(body, binary);
            return ResponseWriter.write(inference.infer(model, version, request, trace(traceparent)), request);
        });
    }

    /** Refusals in the protocol's words. */
    @ServerExceptionMapper
    public Response refused(RefusedException e) {
        return Response.status(e.status())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(new ErrorBody(String.valueOf(e.getMessage())))
                .build();
    }

    private static InferRequest read(byte[] body, @Nullable String binary) {
        if (binary != null) {
            throw RefusedException.badRequest(
                    "Inference-Header-Content-Length", "binary tensors are not read here; send all data as JSON");
        }
        return RequestReader.read(body);
    }

    private static @Nullable String trace(@Nullable String traceparent) {
        return traceparent != null && traceparent.length() == TRACEPARENT_LENGTH ? traceparent : null;
    }

    private static Map<String, Object> ready(String model, boolean ready) {
        return Map.of("name", model, "ready", ready);
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
