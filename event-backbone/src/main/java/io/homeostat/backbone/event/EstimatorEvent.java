package io.homeostat.backbone.event;

import io.homeostat.backbone.serde.Check;
import java.time.Instant;

/**
 * What tells a model version's performance before its labels are known.
 *
 * @param model the model
 * @param modelVersion the version
 * @param at when it was learned
 * @param rows labelled rows it was learned from
 * @param estimator the drift statistics' estimator in its bytes (Base64 in JSON)
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way; never compared
public record EstimatorEvent(String model, String modelVersion, Instant at, long rows, byte[] estimator) {
    public EstimatorEvent {
        Check.name("model", model);
        Check.text("modelVersion", modelVersion);
        Check.present("at", at);
        Check.that(Check.present("estimator", estimator).length > 0, "estimator", "is empty");
    }

    /** The key of this event: model and version. */
    public String key() {
        return ReferenceEvent.key(model, modelVersion);
    }
}
