package io.homeostat.metastore.api;

import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.serde.Check;
import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.backbone.serde.Json;
import io.homeostat.metastore.recommend.NotReadyException;
import io.homeostat.metastore.recommend.Question;
import io.homeostat.metastore.recommend.Recommender;
import io.homeostat.metastore.recommend.RecordBook;
import io.homeostat.study.space.SpaceException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** What is remembered, and what a new search should try first. */
@Path("/api/v1/meta")
@Produces(MediaType.APPLICATION_JSON)
public class MemoryResource {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MOST = 1_000;

    private final RecordBook book;

    MemoryResource(RecordBook book) {
        this.book = book;
    }

    /**
     * The newest records, without their trials.
     *
     * @param model of this model only
     * @param limit at most so many, 1 to 1,000; by default 100
     */
    @GET
    @Path("/records")
    public byte[] records(@QueryParam("model") @Nullable String model, @QueryParam("limit") @Nullable String limit) {
        if (model != null) {
            Check.name("model", model);
        }
        int most = limit(limit);
        List<MetaRecord> records = book.all().stream()
                .filter(record -> model == null || record.model().equals(model))
                .toList();
        return Json.bytes(RecordPage.of(records, most));
    }

    /** One record, whole. */
    @GET
    @Path("/records/{taskId}")
    public Response record(@PathParam("taskId") String taskId) {
        return book.find(taskId)
                .map(record -> json(200, record))
                .orElseGet(
                        () -> error(404, "taskId: there is no record of '" + taskId + "'; see /api/v1/meta/records"));
    }

    /** What to try first. The body is JSON, or YAML. */
    @POST
    @Path("/recommendations")
    @Consumes(MediaType.WILDCARD)
    public byte[] recommend(byte @Nullable [] body) {
        Question question = Json.readStrictly(body == null ? new byte[0] : body, Question.class);
        return Json.bytes(Recommender.answer(question, book.all()));
    }

    /** Wrong input. */
    @ServerExceptionMapper
    public Response wrong(InvalidValueException e) {
        return error(400, String.valueOf(e.getMessage()));
    }

    /** A space that is none. */
    @ServerExceptionMapper
    public Response noSpace(SpaceException e) {
        return error(400, String.valueOf(e.getMessage()));
    }

    /** Too early. */
    @ServerExceptionMapper
    public Response early(NotReadyException e) {
        return error(503, String.valueOf(e.getMessage()));
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        try {
            int limit = Integer.parseInt(text);
            Check.range("limit", limit, 1, MOST);
            return limit;
        } catch (NumberFormatException e) {
            throw new InvalidValueException("limit", "'" + text + "' is not a whole number of 1 to " + MOST);
        }
    }

    private static Response error(int status, String text) {
        return json(status, Map.of("error", text));
    }

    private static Response json(int status, Object body) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(Json.bytes(body))
                .build();
    }
}
