package io.homeostat.deployer.api;

import io.homeostat.backbone.event.RolloutCommand;
import io.homeostat.backbone.event.RolloutStatus;
import io.homeostat.backbone.spec.ModelSpec;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Passes on what people say to a rollout that is under way. */
@Singleton
class Orders {
    private final Standings standings;
    private final Requests requests;
    private final Clock clock = Clock.systemUTC();

    Orders(Standings standings, Requests requests) {
        this.standings = standings;
        this.requests = requests;
    }

    /**
     * Passes an order on.
     *
     * @param commandId makes a repetition harmless
     */
    RolloutCommand give(String model, RolloutCommand.Action action, String who, String why, String commandId) {
        registered(model);
        boolean underway = standings
                .rollout(model)
                .map(RolloutStatus::phase)
                .filter(phase -> !phase.isEnd())
                .isPresent();
        if (!underway) {
            throw new AnswerException(
                    Answers.CONFLICT, "action: no rollout of '" + model + "' is under way; propose a candidate first");
        }
        RolloutCommand command = new RolloutCommand(commandId, model, action, who, why, clock.instant());
        requests.say(command);
        return command;
    }

    /** A model's spec. Errors: 404 if it is not registered. */
    ModelSpec registered(String model) {
        return standings
                .spec(model)
                .orElseThrow(() -> new AnswerException(404, "model: '" + model + "' is not registered"));
    }
}
