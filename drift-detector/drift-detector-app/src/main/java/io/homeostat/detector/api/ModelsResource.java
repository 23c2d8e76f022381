package io.homeostat.detector.api;

import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.spec.LabelSource;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.spec.PredictionSource;
import io.homeostat.backbone.spec.SourceFormat;
import io.homeostat.backbone.spec.SourceSpec;
import io.homeostat.backbone.spec.TopicSource;
import io.homeostat.backbone.topic.TopicProvisioner;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.backbone.topic.UserTopics;
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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The model specs: registered, read, removed. */
@Path("/api/v1/models")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "models", description = "The model specs: what to watch, how to re-tune, how to roll out")
@APIResponse(
        responseCode = "503",
        description = "The service is starting; try again",
        content = @Content(schema = @Schema(implementation = Refusals.Refusal.class)))
public class ModelsResource {
    private final Topics topics;
    private final StreamsHost streams;
    private final SpecWriter writer;
    private final UserTopics userTopics;
    private final TopicProvisioner provisioner;

    ModelsResource(
            Topics topics,
            StreamsHost streams,
            SpecWriter writer,
            UserTopics userTopics,
            TopicProvisioner provisioner) {
        this.topics = topics;
        this.userTopics = userTopics;
        this.provisioner = provisioner;
        this.streams = streams;
        this.writer = writer;
    }

    /** The names of all models. */
    @GET
    @Operation(summary = "The names of all registered models")
    @APIResponse(
            responseCode = "200",
            description = "The names, in their order",
            content = @Content(schema = @Schema(implementation = String[].class)))
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
    @Operation(summary = "A model's spec with every default filled in")
    @APIResponse(responseCode = "200", description = "The spec")
    @APIResponse(
            responseCode = "404",
            description = "The model is not registered",
            content = @Content(schema = @Schema(implementation = Refusals.Refusal.class)))
    public Response get(@PathParam("model") String model) {
        return Optional.ofNullable(specs().get(model))
                .map(found -> Response.ok(Json.text(found.value())).build())
                .orElseGet(() -> Refusals.of(404, "model: '" + model + "' is not registered"));
    }

    /** Registers a model, or changes its spec. The body is YAML or JSON. */
    @PUT
    @Path("{model}")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Registers a model, or changes its spec",
            description =
                    "The body is YAML or JSON: model, task and features are needed, everything else has a default.")
    @APIResponse(responseCode = "200", description = "The spec with every default filled in")
    @APIResponse(
            responseCode = "400",
            description = "The spec cannot be used; the text names the path, the value and a way out",
            content = @Content(schema = @Schema(implementation = Refusals.Refusal.class)))
    public Response put(@PathParam("model") String model, byte[] body) {
        try {
            ModelSpec spec = ModelSpec.read(body);
            if (!spec.model().equals(model)) {
                return Refusals.of(400, "model: '" + spec.model() + "' is not '" + model + "' of the path");
            }
            checkSource(spec.source());
            SpecMapping.monitor(spec); // what cannot be watched is refused now
            writer.write(spec);
            return Response.ok(Json.text(spec)).build();
        } catch (IllegalArgumentException e) {
            return Refusals.of(400, String.valueOf(e.getMessage()));
        }
    }

    /** Every topic that is named must be read by this installation, and there. */
    private void checkSource(SourceSpec source) {
        Map<String, String> users = new LinkedHashMap<>();
        for (TopicSource read : source.all()) {
            String path = read instanceof PredictionSource
                    ? "source.predictions"
                    : read instanceof LabelSource ? "source.labels" : "source.features";
            if (!isNative(read)) {
                checkRead(path, read.topic());
                users.put(read.topic(), path);
            }
        }
        for (String missing : users.isEmpty() ? List.<String>of() : provisioner.missing(users.keySet())) {
            throw new InvalidValueException(
                    String.valueOf(users.get(missing)),
                    "there is no topic '" + missing
                            + "'; create it first: topics that are not Homeostat's are never made");
        }
    }

    private boolean isNative(TopicSource read) {
        String topic = read.topic();
        return read.format() == SourceFormat.NATIVE
                && (read instanceof LabelSource
                        ? topic.equals(SourceSpec.LABELS)
                                || topic.equals(topics.labels().name())
                        : topic.equals(SourceSpec.PREDICTIONS)
                                || topic.equals(topics.predictions().name()));
    }

    private void checkRead(String path, String topic) {
        if (!userTopics.includes(topic)) {
            throw new InvalidValueException(
                    path,
                    "'" + topic + "' is not among the topics that this installation reads"
                            + (userTopics.isEmpty() ? "" : ", " + UserTopics.SETTING + "=" + userTopics) + "; set "
                            + UserTopics.SETTING + " to a regular expression that matches it and restart the detector");
        }
    }

    /** Removes a model's spec. */
    @DELETE
    @Path("{model}")
    @Operation(
            summary = "Removes a model's spec: it is neither watched nor re-tuned nor rolled out any more",
            description =
                    "Its events become dead letters from then on; a topic of the users' that no other spec names waits. A"
                            + " rollout under way ends; the champion goes on to answer until it is replaced, so that nobody's request"
                            + " fails. A PUT of the spec takes it up again.")
    @APIResponse(responseCode = "204", description = "It is forgotten")
    @APIResponse(
            responseCode = "404",
            description = "The model is not registered",
            content = @Content(schema = @Schema(implementation = Refusals.Refusal.class)))
    public Response delete(@PathParam("model") String model) {
        if (specs().get(model) == null) {
            return Refusals.of(404, "model: '" + model + "' is not registered");
        }
        writer.remove(model);
        return Response.noContent().build();
    }

    private ReadOnlyKeyValueStore<String, ValueAndTimestamp<ModelSpec>> specs() {
        return streams.store(
                        SharedSources.storeOf(topics.models()),
                        QueryableStoreTypes.<String, ModelSpec>timestampedKeyValueStore())
                .orElseThrow(() -> new AnswerException(503, "the detector is starting; try again in a second"));
    }
}
