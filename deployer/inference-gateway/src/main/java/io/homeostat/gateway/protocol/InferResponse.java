package io.homeostat.gateway.protocol;

import io.homeostat.backbone.event.Arm;
import io.homeostat.backbone.event.PredictionEvent.Answer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answers to a request.
 *
 * @param model who was asked
 * @param id the caller's name for the request
 * @param modelVersion who answered all rows, or the champion when the rows were answered by both
 * @param rolloutId the rollout in force
 * @param predictionIds one per row; labels carry them
 * @param arms who answered each row; empty when a version was asked by name
 * @param answers one per row
 */
public record InferResponse(
        String model,
        @Nullable String id,
        String modelVersion,
        @Nullable String rolloutId,
        List<String> predictionIds,
        List<Arm> arms,
        List<Answer> answers) {}
