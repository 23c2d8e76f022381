package io.homeostat.deployer.api;

import io.homeostat.backbone.event.RolloutCommand;
import io.homeostat.backbone.serde.Check;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a person says to a rollout.
 *
 * @param action promote, hold, resume, abort or rollback
 * @param who the person
 * @param why the reason
 * @param commandId makes a repetition harmless; default a new one
 */
record CommandRequest(
        RolloutCommand.Action action,
        String who,
        String why,
        @Nullable String commandId) {
    CommandRequest {
        Check.present("action", action);
        Check.text("who", who);
        Check.text("why", why);
        if (commandId != null) {
            Check.name("commandId", commandId);
        }
    }

    String id() {
        return commandId == null ? UUID.randomUUID().toString() : commandId;
    }
}
