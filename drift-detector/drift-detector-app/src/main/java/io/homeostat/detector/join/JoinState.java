package io.homeostat.detector.join;

import io.homeostat.backbone.event.LabelEvent;
import org.jspecify.annotations.Nullable;

/**
 * What is known under one prediction id.
 *
 * @param prediction the prediction, once it came
 * @param label the label in force, once it came
 * @param labelOrigin where that label was read
 * @param expiresAtMillis event time from which it is forgotten; 0 before anything came
 */
record JoinState(
        @Nullable KeptPrediction prediction,
        @Nullable LabelEvent label,
        @Nullable String labelOrigin,
        long expiresAtMillis) {
    static final JoinState NOTHING = new JoinState(null, null, null, 0);

    JoinState withPrediction(KeptPrediction came) {
        return new JoinState(came, label, labelOrigin, expiresAtMillis);
    }

    JoinState withLabel(LabelEvent came, String origin) {
        return new JoinState(prediction, came, origin, expiresAtMillis);
    }

    JoinState withoutLabel() {
        return new JoinState(prediction, null, null, expiresAtMillis);
    }

    JoinState until(long millis) {
        return new JoinState(prediction, label, labelOrigin, millis);
    }
}
