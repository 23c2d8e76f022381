package io.homeostat.metastore.api;

import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.rest.Within;
import io.homeostat.backbone.serde.Check;
import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.backbone.serde.Json;
import io.homeostat.metastore.curate.MemoryMeters;
import io.homeostat.metastore.follow.MemoryKeeper;
import io.homeostat.metastore.recommend.Answer;
import io.homeostat.metastore.recommend.Memory;
import io.homeostat.metastore.recommend.Nearby;
import io.homeostat.metastore.recommend.NotReadyException;
import io.homeostat.metastore.recommend.Question;
import io.homeostat.metastore.recommend.Statistics;
import io.homeostat.study.space.SpaceException;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** What is remembered, and what a new search should try first. */
@Path("/api/v1/meta")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "memory", description = "What earlier searches found, and what a new one should try first")
@APIResponse(
        responseCode = "400",
        description = "Something cannot be read; the text says what, and what is allowed",
        content = @Content(schema = @Schema(implementation = Refusals.Refusal.class)))
@APIResponse(
        responseCode = "503",
        description = "The records are still being read; try again",
        content = @Content(schema = @Schema(implementation = Refusals.Refusal.class)))
public class MemoryResource {
    private static final int MOST = 1_000;
    private static final int MOST_SKIPPED = 1_000_000;

    private final Supplier<Memory> memory;
    private final MeterRegistry meters;
    private final Clock clock;

    @Inject
    MemoryResource(MemoryKeeper keeper, MeterRegistry meters) {
        this(keeper::memory, meters, Clock.systemUTC());
    }

    MemoryResource(Supplier<Memory> memory, MeterRegistry meters, Clock clock) {
        this.memory = memory;
        this.meters = meters;
        this.clock = clock;
    }

    @GET
    @Path("/records")
    @Operation(summary = "Records by age, the newest first, without their trials")
    @APIResponse(
            responseCode = "200",
            description = "The records",
            content = @Content(schema = @Schema(implementation = RecordPage.class)))
    public byte[] records(
            @Parameter(description = "of this model only") @QueryParam("model") @Nullable String model,
            @Parameter(description = "at most so many, 1 to 1000")
                    @QueryParam("limit")
                    @DefaultValue("100")
                    @Within(low = 1, high = MOST)
                    int limit,
            @Parameter(description = "pass over so many of the newest, 0 to 1000000")
                    @QueryParam("skip")
                    @DefaultValue("0")
                    @Within(low = 0, high = MOST_SKIPPED)
                    int skip) {
        if (model != null) {
            Check.name("model", model);
        }
        Predicate<String> wanted = name -> model == null || name.equals(model);
        Memory now = memory.get();
        return Json.bytes(RecordPage.of(now.newest(wanted, skip, limit), now.count(wanted)));
    }

    @GET
    @Path("/records/{taskId}")
    @Operation(summary = "One record, whole")
    @APIResponse(
            responseCode = "200",
            description = "The record",
            content = @Content(schema = @Schema(implementation = MetaRecord.class)))
    @APIResponse(
            responseCode = "404",
            description = "There is none of this task",
            content = @Content(schema = @Schema(implementation = Refusals.Refusal.class)))
    public Response record(@PathParam("taskId") String taskId) {
        return memory.get()
                .find(taskId)
                .map(record -> Refusals.json(200, record))
                .orElseGet(() -> Refusals.error(
                        404, "taskId: there is no record of '" + taskId + "'; see /api/v1/meta/records"));
    }

    @POST
    @Path("/recommendations")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "What to try first for a data set and a search space, and why",
            description = "The first trials of a search that transfers by auto, before any trial has a value.")
    @RequestBody(
            description = "The question, as JSON or YAML",
            content = @Content(schema = @Schema(implementation = Question.class)))
    @APIResponse(
            responseCode = "200",
            description = "Configurations in order, the records they rest on, and what was not used",
            content = @Content(schema = @Schema(implementation = Answer.class)))
    public byte[] recommend(byte @Nullable [] body) {
        return Json.bytes(memory.get().answer(read(body, Question.class)));
    }

    @POST
    @Path("/nearest")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "The tasks whose data is most like a data set, with distances")
    @RequestBody(
            description = "The data set, as JSON or YAML",
            content = @Content(schema = @Schema(implementation = Nearby.Question.class)))
    @APIResponse(
            responseCode = "200",
            description = "The nearest first",
            content = @Content(schema = @Schema(implementation = Nearby.class)))
    public byte[] nearest(byte @Nullable [] body) {
        return Json.bytes(memory.get().nearby(read(body, Nearby.Question.class)));
    }

    private static <T> T read(byte @Nullable [] body, Class<T> type) {
        return Json.readStrictly(body == null ? new byte[0] : body, type);
    }

    @GET
    @Path("/statistics")
    @Operation(summary = "What is remembered, in numbers, and what is ignored and why")
    @APIResponse(
            responseCode = "200",
            description = "The numbers",
            content = @Content(schema = @Schema(implementation = Statistics.class)))
    public byte[] statistics() {
        return Json.bytes(memory.get().statistics(MemoryMeters.ignored(meters), clock.instant()));
    }

    /** Wrong input. */
    @ServerExceptionMapper
    public Response wrong(InvalidValueException e) {
        return Refusals.wrong(e);
    }

    /** A space that is none. */
    @ServerExceptionMapper
    public Response noSpace(SpaceException e) {
        return Refusals.noSpace(e);
    }

    /** Too early. */
    @ServerExceptionMapper
    public Response early(NotReadyException e) {
        return Refusals.early(e);
    }
}
