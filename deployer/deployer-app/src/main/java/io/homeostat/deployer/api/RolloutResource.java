package io.homeostat.deployer.api;

import static io.homeostat.deployer.api.Answers.answered;
import static io.homeostat.deployer.api.Answers.json;

import io.homeostat.backbone.event.CandidateEvent;
import io.homeostat.backbone.event.RolloutCommand;
import io.homeostat.backbone.event.RolloutStatus;
import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.deployer.admit.PlanMapping;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Rollouts and routes: how they stand, and what people say to them. */
@Path("/api/v1/models")
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
        responseCode = "409",
        description = "The state of the rollout does not allow it",
        content = @Content(schema = @Schema(implementation = Answers.Refusal.class)))
public class RolloutResource {
    private final Standings standings;
    private final Orders orders;
    private final Requests requests;
    private final Clock clock = Clock.systemUTC();

    RolloutResource(Standings standings, Orders orders, Requests requests) {
        this.standings = standings;
        this.orders = orders;
        this.requests = requests;
    }

    @Operation(summary = "The model's newest rollout")
    @APIResponse(
            responseCode = "200",
            description = "The rollout",
            content = @Content(schema = @Schema(implementation = RolloutStatus.class)))
    @GET
    @Path("{model}/rollout")
    public Response rollout(@PathParam("model") String model) {
        return answered(() -> {
            orders.registered(model);
            return standings
                    .rollout(model)
                    .map(found -> json(200, found))
                    .orElseThrow(() -> new AnswerException(
                            404, "rollout: '" + model + "' has had none; propose a candidate first"));
        });
    }

    @Operation(summary = "The model's route in force")
    @APIResponse(
            responseCode = "200",
            description = "The route",
            content = @Content(schema = @Schema(implementation = Route.class)))
    @GET
    @Path("{model}/route")
    public Response route(@PathParam("model") String model) {
        return answered(() -> {
            orders.registered(model);
            return standings
                    .route(model)
                    .map(found -> json(200, found))
                    .orElseThrow(() -> new AnswerException(
                            404, "route: '" + model + "' has no champion yet; train or propose one first"));
        });
    }

    @Operation(summary = "Tells the rollout under way to promote, hold, resume, abort or roll back")
    @RequestBody(content = @Content(schema = @Schema(implementation = CommandRequest.class)))
    @APIResponse(responseCode = "202", description = "Passed on; carried out in order, soon after")
    @POST
    @Path("{model}/rollout/commands")
    @Consumes(MediaType.WILDCARD)
    public Response command(@PathParam("model") String model, byte[] body) {
        return answered(() -> {
            CommandRequest request = Json.readStrictly(body, CommandRequest.class);
            RolloutCommand command = orders.give(model, request.action(), request.who(), request.why(), request.id());
            return json(Answers.ACCEPTED, Map.of("model", model, "commandId", command.commandId()));
        });
    }

    @Operation(summary = "Proposes a version")
    @RequestBody(content = @Content(schema = @Schema(implementation = CandidateRequest.class)))
    @APIResponse(responseCode = "202", description = "Passed on; the ledger says what becomes of it")
    @POST
    @Path("{model}/candidates")
    @Consumes(MediaType.WILDCARD)
    public Response propose(@PathParam("model") String model, byte[] body) {
        return answered(() -> {
            ModelSpec spec = orders.registered(model);
            CandidateEvent event =
                    Json.readStrictly(body, CandidateRequest.class).event(model, clock.instant());
            PlanMapping.plan(spec, event.steps());
            checkNew(event);
            requests.propose(event);
            return json(
                    Answers.ACCEPTED,
                    Map.of("model", model, "candidateId", event.candidateId(), "rolloutId", event.candidateId()));
        });
    }

    private void checkNew(CandidateEvent event) {
        boolean champion = standings
                .route(event.model())
                .filter(r -> r.champion().version().equals(event.version()))
                .isPresent();
        if (champion) {
            throw new AnswerException(
                    409,
                    "version: '" + event.version() + "' is the champion already; give the new one a name of its own");
        }
    }
}
