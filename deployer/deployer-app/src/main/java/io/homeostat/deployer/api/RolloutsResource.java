package io.homeostat.deployer.api;

import static io.homeostat.deployer.api.Answers.answered;
import static io.homeostat.deployer.api.Answers.json;

import io.homeostat.backbone.event.RolloutCommand;
import io.homeostat.backbone.event.RolloutStatus;
import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.event.TargetStatus;
import io.homeostat.backbone.rest.Within;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.spec.TargetSpec;
import io.smallrye.common.annotation.Blocking;
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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** All rollouts: what is known, decided and ordered, and the verdict for tools that shift traffic themselves. */
@Path("/api/v1/rollouts")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "rollouts", description = "Rollouts with their evidence and decisions, and what people order")
@APIResponse(
        responseCode = "400",
        description = "Something cannot be read; the text says what, and what is allowed",
        content = @Content(schema = @Schema(implementation = Answers.Refusal.class)))
@APIResponse(
        responseCode = "404",
        description = "The model is not registered, or has had no rollout",
        content = @Content(schema = @Schema(implementation = Answers.Refusal.class)))
@APIResponse(
        responseCode = "503",
        description = "The service is starting; try again",
        content = @Content(schema = @Schema(implementation = Answers.Refusal.class)))
public class RolloutsResource {
    private static final int MOST = 1000;

    private final Standings standings;
    private final Orders orders;
    private final Clock clock = Clock.systemUTC();

    RolloutsResource(Standings standings, Orders orders) {
        this.standings = standings;
        this.orders = orders;
    }

    @GET
    @Operation(summary = "Every model's newest rollout, the one that was heard of last first")
    @APIResponse(
            responseCode = "200",
            description = "The rollouts",
            content = @Content(schema = @Schema(implementation = RolloutStatus[].class)))
    public Response all(
            @Parameter(description = "true: only those under way") @QueryParam("underway") @DefaultValue("false")
                    boolean underway,
            @Parameter(description = "at most so many, 1 to 1000")
                    @QueryParam("limit")
                    @DefaultValue("100")
                    @Within(low = 1, high = MOST)
                    int limit) {
        return answered(() -> json(
                200,
                standings.rollouts().stream()
                        .filter(status -> !underway || !status.phase().isEnd())
                        .limit(limit)
                        .toList()));
    }

    @GET
    @Path("{model}")
    @Operation(summary = "A model's newest rollout: evidence, route, targets, decisions")
    @APIResponse(
            responseCode = "200",
            description = "The rollout",
            content = @Content(schema = @Schema(implementation = RolloutView.class)))
    public Response one(
            @PathParam("model") String model,
            @Parameter(description = "at most so many decisions, 1 to 1000")
                    @QueryParam("decisions")
                    @DefaultValue("50")
                    @Within(low = 1, high = MOST)
                    int decisions) {
        return answered(() -> {
            ModelSpec spec = orders.registered(model);
            Route route = standings.route(model).orElse(null);
            return json(
                    200,
                    new RolloutView(
                            newest(model),
                            route,
                            targets(spec, route),
                            standings.decisions().of(model, decisions)));
        });
    }

    private List<TargetStatus> targets(ModelSpec spec, @Nullable Route route) {
        List<String> named = spec.targets().stream().map(TargetSpec::id).toList();
        boolean servedByGateways = spec.targets().stream().allMatch(target -> target.gateway() != null);
        return standings.targets(spec.model()).stream()
                .filter(status -> named.contains(status.target())
                        || (servedByGateways && status.target().equals(TargetStatus.GATEWAYS) && isSo(status, route)))
                .toList();
    }

    /* A gateway may have ended with its problem; what it could not load of an older route says nothing any more. */
    private boolean isSo(TargetStatus status, @Nullable Route route) {
        Instant over = status.at().plus(TargetStatus.GATEWAYS_TELL.multipliedBy(3));
        return route != null
                && route.revision() == status.revision()
                && clock.instant().isBefore(over);
    }

    @POST
    @Path("{model}/{action}")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Orders promote, hold, resume, abort or rollback, with who and why",
            description = "Carried out in order, soon after; what the state does not allow is refused in the ledger.")
    @RequestBody(content = @Content(schema = @Schema(implementation = OrderRequest.class)))
    @APIResponse(responseCode = "202", description = "Passed on")
    @APIResponse(
            responseCode = "409",
            description = "No rollout is under way",
            content = @Content(schema = @Schema(implementation = Answers.Refusal.class)))
    public Response order(
            @PathParam("model") String model, @PathParam("action") RolloutCommand.Action action, byte[] body) {
        return answered(() -> {
            OrderRequest request = Json.readStrictly(body, OrderRequest.class);
            RolloutCommand command = orders.give(model, action, request.who(), request.why(), request.id());
            return json(Answers.ACCEPTED, Map.of("model", model, "commandId", command.commandId()));
        });
    }

    @GET
    @Path("{model}/verdict")
    @Operation(
            summary = "What the newest rollout comes to: pass, fail, inconclusive, no_data or error",
            description = "For a web metric of Argo Rollouts: jsonPath {$.verdict}.")
    @APIResponse(
            responseCode = "200",
            description = "The verdict",
            content = @Content(schema = @Schema(implementation = RolloutVerdict.class)))
    public Response verdict(@PathParam("model") String model) {
        return answered(() -> json(200, known(model)));
    }

    @POST
    @Path("{model}/gates/{question}")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Whether to continue, promote or rollback: 200 for yes, 409 for no",
            description = "For Flagger's webhooks, which go on at 2xx. What is posted is not read.")
    @APIResponse(
            responseCode = "200",
            description = "Yes",
            content = @Content(schema = @Schema(implementation = RolloutVerdict.class)))
    @APIResponse(
            responseCode = "409",
            description = "No",
            content = @Content(schema = @Schema(implementation = RolloutVerdict.class)))
    public Response gate(@PathParam("model") String model, @PathParam("question") RolloutVerdict.Question question) {
        return answered(() -> {
            RolloutVerdict verdict = known(model);
            return json(verdict.answers(question) ? 200 : Answers.CONFLICT, verdict);
        });
    }

    private RolloutVerdict known(String model) {
        orders.registered(model);
        return RolloutVerdict.of(newest(model));
    }

    private RolloutStatus newest(String model) {
        return standings
                .rollout(model)
                .orElseThrow(() ->
                        new AnswerException(404, "rollout: '" + model + "' has had none; propose a candidate first"));
    }
}
