package io.homeostat.backbone.event;

import io.homeostat.backbone.serde.Check;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One test's result.
 *
 * @param model the model
 * @param modelVersion the version watched
 * @param at event time of the result
 * @param windowFrom the window tested, absent for a per-event detector
 * @param windowTo its end, exclusive
 * @param subject the feature, {@code score}, or {@code error}
 * @param test the test's name
 * @param statistic its statistic
 * @param effect its effect size, if it has one
 * @param pValue its p-value, if it has one
 * @param threshold what the statistic is held against
 * @param drifted the verdict after correction and persistence
 * @param reason the verdict in a sentence
 */
public record DriftSignal(
        String model,
        String modelVersion,
        Instant at,
        @Nullable Instant windowFrom,
        @Nullable Instant windowTo,
        String subject,
        String test,
        double statistic,
        @Nullable Double effect,
        @Nullable Double pValue,
        @Nullable Double threshold,
        boolean drifted,
        String reason) {
    public DriftSignal {
        Check.name("model", model);
        Check.text("modelVersion", modelVersion);
        Check.present("at", at);
        Check.text("subject", subject);
        Check.text("test", test);
        Check.text("reason", reason);
    }
}
