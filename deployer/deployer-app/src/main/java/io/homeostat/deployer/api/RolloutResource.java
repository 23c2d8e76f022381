package io.homeostat.deployer.api;

import io.homeostat.backbone.event.CandidateEvent;
import io.homeostat.backbone.event.RolloutCommand;
import io.homeostat.backbone.serde.InvalidValueException;
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
import java.util.function.Supplier;

/** Rollouts and routes: how they stand, and what people say to them. */
@Path("/api/v1/models")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class RolloutResource {
    private static final int ACCEPTED = 202;

    private final Standings standings;
    private final Requests requests;
    private final Clock clock = Clock.systemUTC();

    RolloutResource(Standings standings, Requests requests) {
        this.standings = standings;
        this.requests = requests;
    }

    /** The model's newest rollout. */
    @GET
    @Path("{model}/rollout")
    public Response rollout(@PathParam("model") String model) {
        return answered(() -> {
            spec(model);
            return standings
                    .rollout(model)
                    .map(found -> json(200, found))
                    .orElseThrow(() -> new AnswerException(
                            404, "rollout: '" + model + "' has had none; propose a candidate first"));
        });
    }

    /** The model's route in force. */
    @GET
    @Path("{model}/route")
    public Response route(@PathParam("model") String model) {
        return answered(() -> {
            spec(model);
            return standings
                    .route(model)
                    .map(found -> json(200, found))
                    .orElseThrow(() -> new AnswerException(
                            404, "route: '" + model + "' has no champion yet; train or propose one first"));
        });
    }

    /** Tells the rollout under way to promote, hold, resume, abort or roll back. Carried out in order, soon after. */
    @POST
    @Path("{model}/rollout/commands")
    @Consumes(MediaType.WILDCARD)
    public Response command(@PathParam("model") String model, byte[] body) {
        return answered(() -> {
            spec(model);
            RolloutCommand command =
                    Json.readStrictly(body, CommandRequest.class).command(model, clock.instant());
            checkUnderway(model);
            requests.say(command);
            return json(ACCEPTED, Map.of("model", model, "commandId", command.commandId()));
        });
    }

    private void checkUnderway(String model) {
        boolean underway =
                standings.rollout(model).filter(s -> !s.phase().isEnd()).isPresent();
        if (!underway) {
            throw new AnswerException(
                    409, "action: no rollout of '" + model + "' is under way; propose a candidate first");
        }
    }

    /** Proposes a version. */
    @POST
    @Path("{model}/candidates")
    @Consumes(MediaType.WILDCARD)
    public Response propose(@PathParam("model") String model, byte[] body) {
        return answered(() -> {
            ModelSpec spec = spec(model);
            CandidateEvent event =
                    Json.readStrictly(body, CandidateRequest.class).event(model, clock.instant());
            PlanMapping.plan(spec, event.steps());
            checkNew(event);
            requests.propose(event);
            return json(
                    ACCEPTED,
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

    private ModelSpec spec(String model) {
        return standings
                .spec(model)
                .orElseThrow(() -> new AnswerException(404, "model: '" + model + "' is not registered"));
    }

    private static Response answered(Supplier<Response> work) {
        try {
            return work.get();
        } catch (InvalidValueException e) {
            return json(400, Map.of("error", String.valueOf(e.getMessage())));
        } catch (AnswerException e) {
            return json(e.status(), Map.of("error", String.valueOf(e.getMessage())));
        }
    }

    private static Response json(int status, Object body) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON)
                .entity(Json.text(body))
                .build();
    }
}
