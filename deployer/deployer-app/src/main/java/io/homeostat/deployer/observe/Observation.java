package io.homeostat.deployer.observe;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.homeostat.backbone.event.Arm;
import io.homeostat.backbone.event.PredictionEvent.Answer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What one event says of a rollout, in the words of the gateway: by version, not yet by role. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Observation.Request.class, name = "request"),
    @JsonSubTypes.Type(value = Observation.Outcome.class, name = "outcome")
})
public sealed interface Observation {
    /** When it happened. */
    Instant time();

    /** The rollout that was in force when the request was answered. */
    String rolloutId();

    /** Who asked; the request itself if nobody is named. */
    String unitId();

    /**
     * An answered request.
     *
     * @param time when it was answered
     * @param rolloutId the rollout in force
     * @param unitId who asked
     * @param weightPercent the challenger's share in force
     * @param bucket the unit's, absent if the gateway did not say it
     * @param arm which side answered
     * @param answer the side that answered
     * @param counterpart the other side, absent if it did not compute the request
     */
    record Request(
            Instant time,
            String rolloutId,
            String unitId,
            double weightPercent,
            @Nullable Integer bucket,
            @Nullable Arm arm,
            Side answer,
            @Nullable Side counterpart)
            implements Observation {}

    /**
     * The label of a request.
     *
     * @param time when it became known
     * @param requestTime when the request was answered; absent from what was written before it was kept
     * @param rolloutId the rollout in force when the request was answered
     * @param unitId who asked
     * @param weightPercent the challenger's share in force when the arm was chosen; absent if nobody said it
     * @param label the truth
     * @param answer what was answered
     * @param counterpart what the other side would have answered, absent if it did not compute the request
     */
    record Outcome(
            Instant time,
            @Nullable Instant requestTime,
            String rolloutId,
            String unitId,
            @Nullable Double weightPercent,
            String label,
            Answer answer,
            @Nullable Answer counterpart)
            implements Observation {}

    /**
     * How one version did on a request.
     *
     * @param version its name
     * @param failed whether it failed
     * @param latencyMillis how long it took, at least 0
     */
    record Side(String version, boolean failed, double latencyMillis) {}
}
