package io.homeostat.detector.join;

import io.homeostat.backbone.event.LabelEvent;
import io.homeostat.backbone.event.PredictionEvent;
import org.jspecify.annotations.Nullable;

/**
 * What is known under one prediction id.
 *
 * @param prediction the prediction, once it came
 * @param label the label in force, once it came
 * @param labelOrigin where that label was read
 * @param expiresAtMillis event time from which it is forgotten
 */
record JoinState(
        @Nullable PredictionEvent prediction,
        @Nullable LabelEvent label,
        @Nullable String labelOrigin,
        long expiresAtMillis) {}
