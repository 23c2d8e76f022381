package io.homeostat.backbone.event;

import io.homeostat.backbone.serde.Check;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The profile that a model version is compared with; in force from the version's promotion on.
 *
 * @param model the model
 * @param modelVersion the version
 * @param at when it was made
 * @param rows rows it stands for
 * @param profile the drift statistics' reference in its bytes (Base64 in JSON)
 * @param learned whether it was learned from the version's first events, as none came with the model; default false
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way; never compared
public record ReferenceEvent(
        String model, String modelVersion, Instant at, long rows, byte[] profile, Boolean learned) {
    public ReferenceEvent(
            @Nullable String model,
            @Nullable String modelVersion,
            @Nullable Instant at,
            long rows,
            byte @Nullable [] profile,
            @Nullable Boolean learned) {
        this.model = Check.name("model", model);
        this.modelVersion = Check.text("modelVersion", modelVersion);
        this.at = Check.present("at", at);
        this.rows = rows;
        this.profile = Check.present("profile", profile);
        this.learned = learned != null && learned;
        Check.that(this.profile.length > 0, "profile", "is empty");
    }

    /** A reference that came with its version. */
    public ReferenceEvent(String model, String modelVersion, Instant at, long rows, byte[] profile) {
        this(model, modelVersion, at, rows, profile, false);
    }

    /** The key of this event. */
    public String key() {
        return learned ? learnedKey(model, modelVersion) : key(model, modelVersion);
    }

    /** The key of the reference that came with a version. */
    public static String key(String model, String modelVersion) {
        return model + "/" + modelVersion;
    }

    /** The key of the reference that was learned: another one, so that neither is ever written over the other. */
    public static String learnedKey(String model, String modelVersion) {
        return "learned:" + model + "/" + modelVersion; // no model's name has a colon
    }
}
