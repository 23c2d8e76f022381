package io.homeostat.deployer.api;

import io.homeostat.backbone.serde.Check;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who orders something, and why.
 *
 * @param who the person
 * @param why the reason
 * @param commandId makes a repetition harmless; default a new one
 */
record OrderRequest(String who, String why, @Nullable String commandId) {
    OrderRequest {
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
