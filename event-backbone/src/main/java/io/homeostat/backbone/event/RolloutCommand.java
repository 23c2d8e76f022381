package io.homeostat.backbone.event;

import io.homeostat.backbone.serde.Check;
import java.time.Instant;

/**
 * What a person says to a rollout.
 *
 * @param commandId unique; a repeated command is carried out once
 * @param model the model
 * @param action what to do
 * @param who the person
 * @param why the reason
 * @param at when
 */
public record RolloutCommand(String commandId, String model, Action action, String who, String why, Instant at) {
    public RolloutCommand {
        Check.text("commandId", commandId);
        Check.name("model", model);
        Check.present("action", action);
        Check.text("who", who);
        Check.text("why", why);
        Check.present("at", at);
    }

    /** The manual actions. */
    public enum Action {
        PROMOTE,
        HOLD,
        RESUME,
        ABORT,
        ROLLBACK
    }
}
