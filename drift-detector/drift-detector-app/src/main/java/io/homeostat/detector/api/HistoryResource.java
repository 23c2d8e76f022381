package io.homeostat.detector.api;

import io.homeostat.backbone.event.DriftSignal;
import io.homeostat.backbone.event.LedgerEntry;
import io.homeostat.backbone.serde.Json;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What was found about a model: windows, slices, signals, alarms and their evidence; newest first. */
@Path("/api/v1/models/{model}")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "drift", description = "What was found about a model, newest first; copies of the topics, bounded")
@APIResponse(
        responseCode = "400",
        description = "A parameter cannot be read; the text says which and what is allowed",
        content = @Content(schema = @Schema(implementation = Refusals.Refusal.class)))
@APIResponse(
        responseCode = "404",
        description = "The model is not registered, or the alarm is not known",
        content = @Content(schema = @Schema(implementation = Refusals.Refusal.class)))
@APIResponse(
        responseCode = "503",
        description = "The service is starting; try again",
        content = @Content(schema = @Schema(implementation = Refusals.Refusal.class)))
public class HistoryResource {
    private final KnownModels models;
    private final HistoryKeeper keeper;

    HistoryResource(KnownModels models, HistoryKeeper keeper) {
        this.models = models;
        this.keeper = keeper;
    }

    @GET
    @Path("windows")
    @Operation(
            summary =
                    "Windows with their rows, their metrics where labels came, and the metrics expected without labels",
            description =
                    "Metrics are of the labels that became known in the window, estimates of the predictions made in it.")
    @APIResponse(
            responseCode = "200",
            description = "The windows",
            content = @Content(schema = @Schema(implementation = WindowView[].class)))
    public Response windows(@PathParam("model") String model, @BeanParam Selection selection) {
        return answer(
                model,
                history -> selection.of(WindowView.of(history.windows.of(model)), WindowView::from, window -> true));
    }

    @GET
    @Path("slices")
    @Operation(
            summary = "Windows of each slice with their metrics",
            description =
                    "A series for every value of the features that the spec names in watch.slices. A slice has a window"
                            + " only where labels of it came.")
    @APIResponse(
            responseCode = "200",
            description = "The slices' windows",
            content = @Content(schema = @Schema(implementation = SliceWindowView[].class)))
    public Response slices(
            @PathParam("model") String model,
            @Parameter(description = "of this feature") @QueryParam("column") @Nullable String column,
            @Parameter(description = "of this value or range; other and missing for what has no series of its own")
                    @QueryParam("value")
                    @Nullable
                    String value,
            @BeanParam Selection selection) {
        return answer(
                model,
                history -> selection.of(
                        history.slices.of(model).stream()
                                .flatMap(e -> SliceWindowView.of(e).stream())
                                .toList(),
                        SliceWindowView::from,
                        s -> (column == null || s.column().equals(column))
                                && (value == null || s.value().equals(value))));
    }

    @GET
    @Path("signals")
    @Operation(summary = "Results of tests and detectors")
    @APIResponse(
            responseCode = "200",
            description = "The signals",
            content = @Content(schema = @Schema(implementation = DriftSignal[].class)))
    public Response signals(
            @PathParam("model") String model,
            @Parameter(
                            description =
                                    "of this subject: a feature; model.score, model.prediction, model.error or model.estimate; a slice like country=de")
                    @QueryParam("feature")
                    @Nullable
                    String feature,
            @Parameter(description = "of this test, like psi, ks or e-detector") @QueryParam("test") @Nullable
                    String test,
            @Parameter(description = "true: what drifted; false: what did not; default both")
                    @QueryParam("drifted")
                    @Nullable
                    Boolean drifted,
            @BeanParam Selection selection) {
        return answer(
                model,
                history -> selection.of(
                        history.signals.of(model),
                        DriftSignal::at,
                        s -> (feature == null || s.subject().equals(feature))
                                && (test == null || s.test().equals(test))
                                && (drifted == null || s.drifted() == drifted)));
    }

    @GET
    @Path("alarms")
    @Operation(summary = "Alarms, and the wishes to re-tune that they led to")
    @APIResponse(
            responseCode = "200",
            description = "The alarms",
            content = @Content(schema = @Schema(implementation = AlarmView[].class)))
    public Response alarms(@PathParam("model") String model, @BeanParam Selection selection) {
        return answer(
                model,
                history -> selection.of(history.alarms.of(model), LedgerEntry::at, alarm -> true).stream()
                        .map(alarm -> AlarmView.of(alarm, history.retunes.of(model)))
                        .toList());
    }

    @GET
    @Path("alarms/{id}/evidence")
    @Operation(
            summary =
                    "What an alarm rests on: signals, distributions beside the reference's, the errors, and the slices named")
    @APIResponse(
            responseCode = "200",
            description = "The evidence",
            content = @Content(schema = @Schema(implementation = EvidenceView.class)))
    public Response evidence(@PathParam("model") String model, @PathParam("id") String id) {
        return answer(model, history -> evidence(history, model, id));
    }

    private static EvidenceView evidence(History history, String model, String id) {
        List<LedgerEntry> alarms = history.alarms.of(model);
        LedgerEntry alarm = alarms.stream()
                .filter(a -> a.subject().equals(id))
                .findFirst()
                .orElseThrow(() -> new AnswerException(
                        404,
                        "alarm: '" + id + "' is not among the newest " + alarms.size() + " of '" + model
                                + "'; GET /api/v1/models/" + model + "/alarms lists them"));
        return EvidenceView.of(
                AlarmView.of(alarm, history.retunes.of(model)),
                alarm,
                history.windows.of(model),
                history.slices.of(model));
    }

    private Response answer(String model, Function<History, Object> answer) {
        models.check(model);
        return Response.ok(Json.text(answer.apply(keeper.history()))).build();
    }
}
