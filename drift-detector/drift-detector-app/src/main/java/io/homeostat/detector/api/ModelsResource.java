package io.homeostat.detector.api;

import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.spec.SourceSpec;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.backbone.topology.SharedSources;
import io.homeostat.backbone.topology.StreamsHost;
import io.homeostat.detector.profile.SpecMapping;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;

/** The model specs: registered, read, removed. */
@Path("/api/v1/models")
@Produces(MediaType.APPLICATION_JSON)
public class ModelsResource {
    private final Topics topics;
    private final StreamsHost streams;
    private final SpecWriter writer;

    ModelsResource(Topics topics, StreamsHost streams, SpecWriter writer) {
        this.topics = topics;
        this.streams = streams;
        this.writer = writer;
    }

    /** The names of all models. */
    @GET
    public Response list() {
        List<String> names = new ArrayList<>();
        try (var all = specs().all()) {
            all.forEachRemaining(entry -> names.add(entry.key));
        }
        return Response.ok(Json.text(names.stream().sorted().toList())).build();
    }

    /** A model's spec with every default filled in. */
    @GET
    @Path("{model}")
    public Response get(@PathParam("model") String model) {
        return Optional.ofNullable(specs().get(model))
                .map(found -> Response.ok(Json.text(found.value())).build())
                .orElseGet(() -> error(404, "model: '" + model + "' is not registered"));
    }

    /** Registers a model, or changes its spec. The body is YAML or JSON. */
    @PUT
    @Path("{model}")
    @Consumes(MediaType.WILDCARD)
    public Response put(@PathParam("model") String model, byte[] body) {
        try {
            ModelSpec spec = ModelSpec.read(body);
            if (!spec.model().equals(model)) {
                return error(400, "model: '" + spec.model() + "' is not '" + model + "' of the path");
            }
            checkSource(spec.source());
            SpecMapping.monitor(spec); // what cannot be watched is refused now
            writer.write(spec);
            return Response.ok(Json.text(spec)).build();
        } catch (IllegalArgumentException e) {
            return error(400, String.valueOf(e.getMessage()));
        }
    }

    private void checkSource(SourceSpec source) {
        check(
                "source.predictions",
                source.predictions(),
                SourceSpec.PREDICTIONS,
                topics.predictions().name());
        check(
                "source.labels",
                source.labels(),
                SourceSpec.LABELS,
                topics.labels().name());
    }

    private static void check(String path, String named, String byDefault, String read) {
        if (!named.equals(byDefault) && !named.equals(read)) {
            throw new InvalidValueException(
                    path, "'" + named + "' is not read by this installation; write to " + read + " and leave it out");
        }
    }

    /** Forgets a model: its events become dead letters from then on. */
    @DELETE
    @Path("{model}")
    public Response delete(@PathParam("model") String model) {
        if (specs().get(model) == null) {
            return error(404, "model: '" + model + "' is not registered");
        }
        writer.remove(model);
        return Response.noContent().build();
    }

    private ReadOnlyKeyValueStore<String, ValueAndTimestamp<ModelSpec>> specs() {
        return streams.store(
                        SharedSources.storeOf(topics.models()),
                        QueryableStoreTypes.<String, ModelSpec>timestampedKeyValueStore())
                .orElseThrow(() -> new ServiceUnavailableException("the detector is starting; try again"));
    }

    private static Response error(int status, String text) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON)
                .entity(Json.text(Map.of("error", text)))
                .build();
    }
}
