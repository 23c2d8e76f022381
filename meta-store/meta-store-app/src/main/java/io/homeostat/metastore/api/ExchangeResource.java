package io.homeostat.metastore.api;

import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.rest.Within;
import io.homeostat.backbone.serde.Check;
import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.metastore.curate.MemoryMeters;
import io.homeostat.metastore.exchange.Format;
import io.homeostat.metastore.exchange.Imported;
import io.homeostat.metastore.exchange.Imports;
import io.homeostat.metastore.exchange.Origin;
import io.homeostat.metastore.exchange.TooManyImportsException;
import io.homeostat.metastore.follow.MemoryKeeper;
import io.homeostat.metastore.recommend.Memory;
import io.homeostat.metastore.recommend.NotReadyException;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedWriter;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Records from files and to files. */
@Path("/api/v1/meta")
@Blocking
@Tag(name = "memory")
public class ExchangeResource {
    private static final int ACCEPTED = 202;
    private static final int MOST_SKIPPED = 1_000_000;
    private static final String FORMATS =
            "jsonl (a record per line, nothing is lost; the default), csv (a line per trial), optuna (its journal file)";

    private final Supplier<Memory> memory;
    private final Imports imports;
    private final MeterRegistry meters;
    private final Clock clock;

    @Inject
    ExchangeResource(MemoryKeeper keeper, Imports imports, MeterRegistry meters) {
        this(keeper::memory, imports, meters, Clock.systemUTC());
    }

    ExchangeResource(Supplier<Memory> memory, Imports imports, MeterRegistry meters, Clock clock) {
        this.memory = memory;
        this.imports = imports;
        this.meters = meters;
        this.clock = clock;
    }

    @POST
    @Path("/imports")
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Remembers the studies of a file",
            description =
                    "All of them, or none: what cannot be read is answered with its line and value, and nothing is taken."
                            + " A record that nobody could learn from, as one without a finite value, is passed over with the reason."
                            + " At most 10,000 records and 64 MB.")
    @RequestBody(description = "The file, as UTF-8", content = @Content(mediaType = MediaType.TEXT_PLAIN))
    @APIResponse(
            responseCode = "202",
            description = "Taken; remembered soon after",
            content = @Content(schema = @Schema(implementation = ImportAnswer.class)))
    @APIResponse(
            responseCode = "400",
            description = "Nothing was taken; the text names the line, the value, and what is allowed",
            content = @Content(schema = @Schema(implementation = Refusals.Refusal.class)))
    @APIResponse(responseCode = "413", description = "The file is larger than 64 MB; nothing was taken")
    @APIResponse(
            responseCode = "429",
            description =
                    "More than 100,000 records were imported within five minutes; Retry-After says when to try again",
            content = @Content(schema = @Schema(implementation = Refusals.Refusal.class)))
    @APIResponse(
            responseCode = "503",
            description = "Kafka did not take it; nothing was taken",
            content = @Content(schema = @Schema(implementation = Refusals.Refusal.class)))
    public Response take(
            @Parameter(description = FORMATS) @QueryParam("format") @DefaultValue("jsonl") Format format,
            @Parameter(description = "whose studies they are, where the file does not say so (optuna)")
                    @QueryParam("model")
                    @Nullable
                    String model,
            @Parameter(description = "who fitted, where the file does not say so (optuna)")
                    @QueryParam("trainer")
                    @Nullable
                    String trainer,
            @Parameter(description = "the objective's name, where the file does not say so (optuna)")
                    @QueryParam("metric")
                    @Nullable
                    String metric,
            byte @Nullable [] body) {
        Origin origin = new Origin(model, trainer, metric, clock.instant());
        Imported imported = format.imported(text(body == null ? new byte[0] : body), origin);
        if (!imported.records().isEmpty()) {
            Memory now = memory.get();
            imports.write(imported.records(), task -> now.find(task).map(MetaRecord::model));
        }
        MemoryMeters.ignore(meters, "import.passedOver", imported.passedOver().size());
        MemoryMeters.ignore(meters, "import.trialLeftOut", imported.trialsLeftOut());
        return Refusals.json(ACCEPTED, ImportAnswer.of(imported));
    }

    private static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidValueException("", "the file is not UTF-8; convert it first");
        }
    }

    @GET
    @Path("/export")
    @Operation(
            summary = "Records as a file, the newest first",
            description = "All of them, or a part: an import takes at most 10,000 records and 64 MB at once.")
    @APIResponse(
            responseCode = "200",
            description = "The file",
            content = @Content(mediaType = "application/x-ndjson", schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(
            responseCode = "400",
            description = "A parameter cannot be read; the text says which, and what is allowed",
            content = @Content(schema = @Schema(implementation = Refusals.Refusal.class)))
    public Response give(
            @Parameter(description = FORMATS) @QueryParam("format") @DefaultValue("jsonl") Format format,
            @Parameter(description = "of this model only") @QueryParam("model") @Nullable String model,
            @Parameter(description = "at most so many, 1 to 10000; default all")
                    @QueryParam("limit")
                    @Within(low = 1, high = Format.MOST_RECORDS)
                    @Nullable
                    Integer limit,
            @Parameter(description = "pass over so many of the newest, 0 to 1000000")
                    @QueryParam("skip")
                    @DefaultValue("0")
                    @Within(low = 0, high = MOST_SKIPPED)
                    int skip) {
        if (model != null) {
            Check.name("model", model);
        }
        Iterable<MetaRecord> records = memory.get()
                .all(name -> model == null || name.equals(model), skip, limit == null ? Long.MAX_VALUE : limit);
        StreamingOutput written = out -> {
            Writer writing = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            format.write(records, writing);
            writing.flush();
        };
        return Response.ok(written, format.mediaType() + ";charset=UTF-8").build();
    }

    /** Wrong input. */
    @ServerExceptionMapper
    public Response wrong(InvalidValueException e) {
        return Refusals.wrong(e);
    }

    /** Too early. */
    @ServerExceptionMapper
    public Response early(NotReadyException e) {
        return Refusals.early(e);
    }

    /** Too much at once. */
    @ServerExceptionMapper
    public Response tooMany(TooManyImportsException e) {
        return Response.fromResponse(Refusals.error(429, String.valueOf(e.getMessage())))
                .header("Retry-After", e.seconds())
                .build();
    }

    /** Kafka is not there. */
    @ServerExceptionMapper
    public Response notTaken(KafkaException e) {
        return Refusals.error(503, "Kafka did not take it: " + e.getMessage() + "; nothing was imported, try again");
    }
}
