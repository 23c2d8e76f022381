package io.homeostat.backbone.event;

import io.homeostat.backbone.serde.Check;
import java.time.Instant;

/**
 * The profile that a model version is compared with; in force from the version's promotion on.
 *
 * @param model the model
 * @param modelVersion the version
 * @param at when it was made
 * @param rows rows it stands for
 * @param profile the drift statistics' reference in its bytes (Base64 in JSON)
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way; never compared
public record ReferenceEvent(String model, String modelVersion, Instant at, long rows, byte[] profile) {
    public ReferenceEvent {
        Check.name("model", model);
        Check.text("modelVersion", modelVersion);
        Check.present("at", at);
        Check.that(Check.present("profile", profile).length > 0, "profile", "is empty");
    }

    /** The key of this event: model and version. */
    public static String key(String model, String modelVersion) {
        return model + "/" + modelVersion;
    }
}
