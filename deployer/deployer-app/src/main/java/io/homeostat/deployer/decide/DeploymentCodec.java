package io.homeostat.deployer.decide;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.store.StateCodec;
import io.homeostat.rollout.lifecycle.RolloutState;
import io.homeostat.rollout.plan.Step;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A deployment as JSON. The sealed types of the pure process know nothing of JSON; their names are given here. */
public final class DeploymentCodec implements StateCodec<Deployment> {
    private static final ObjectMapper MAPPER = Json.mapper()
            .copy()
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .addMixIn(RolloutState.class, StateNames.class)
            .addMixIn(Step.class, StepNames.class);

    @Override
    public byte[] encode(Deployment state) {
        try {
            return MAPPER.writeValueAsBytes(state);
        } catch (IOException e) {
            throw new UncheckedIOException("the deployment of " + state.model() + " cannot be written", e);
        }
    }

    @Override
    public Deployment decode(byte[] bytes) {
        try {
            return MAPPER.readValue(bytes, Deployment.class);
        } catch (IOException e) {
            throw new UncheckedIOException("a stored deployment cannot be read", e);
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = RolloutState.Shadow.class, name = "shadow"),
        @JsonSubTypes.Type(value = RolloutState.Canary.class, name = "canary"),
        @JsonSubTypes.Type(value = RolloutState.Held.class, name = "held"),
        @JsonSubTypes.Type(value = RolloutState.Watching.class, name = "watching"),
        @JsonSubTypes.Type(value = RolloutState.Promoted.class, name = "promoted"),
        @JsonSubTypes.Type(value = RolloutState.RolledBack.class, name = "rolledBack")
    })
    private interface StateNames {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Step.Shadow.class, name = "shadow"),
        @JsonSubTypes.Type(value = Step.Canary.class, name = "canary"),
        @JsonSubTypes.Type(value = Step.AbTest.class, name = "ab")
    })
    private interface StepNames {}
}
