package io.homeostat.deployer.decide;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.homeostat.backbone.serde.Json;
import io.homeostat.rollout.guardrail.Violation;
import io.homeostat.rollout.lifecycle.RolloutInput;
import io.homeostat.rollout.lifecycle.RolloutState;
import io.homeostat.rollout.plan.FreezeWindow;
import io.homeostat.rollout.plan.Step;
import io.homeostat.rollout.routing.RecentUnits;
import io.homeostat.rollout.routing.UnitSample;
import io.homeostat.rollout.sequential.Wealths;
import java.util.List;

/** The JSON of rollouts. The types of the pure process know nothing of JSON; their names are given here. */
final class RolloutJson {
    private static final ObjectMapper MAPPER = Json.mapper()
            .copy()
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .addMixIn(RolloutState.class, StateNames.class)
            .addMixIn(RolloutInput.class, InputNames.class)
            .addMixIn(Step.class, StepNames.class)
            .addMixIn(Violation.class, ViolationNames.class)
            .addMixIn(FreezeWindow.class, FreezeNames.class)
            .addMixIn(Wealths.class, WealthsForm.class)
            .addMixIn(UnitSample.class, UnitSampleForm.class)
            .addMixIn(RecentUnits.class, RecentUnitsForm.class);

    private RolloutJson() {}

    static ObjectMapper mapper() {
        return MAPPER;
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = RolloutState.Shadow.class, name = "shadow"),
        @JsonSubTypes.Type(value = RolloutState.Serving.class, name = "serving"),
        @JsonSubTypes.Type(value = RolloutState.Waiting.class, name = "waiting"),
        @JsonSubTypes.Type(value = RolloutState.Held.class, name = "held"),
        @JsonSubTypes.Type(value = RolloutState.Watching.class, name = "watching"),
        @JsonSubTypes.Type(value = RolloutState.Promoted.class, name = "promoted"),
        @JsonSubTypes.Type(value = RolloutState.RolledBack.class, name = "rolledBack")
    })
    private interface StateNames {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = RolloutInput.Tick.class, name = "observed"),
        @JsonSubTypes.Type(value = RolloutInput.Command.class, name = "command"),
        @JsonSubTypes.Type(value = RolloutInput.Superseded.class, name = "superseded"),
        @JsonSubTypes.Type(value = RolloutInput.ModelRemoved.class, name = "modelRemoved")
    })
    private interface InputNames {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Step.Shadow.class, name = "shadow"),
        @JsonSubTypes.Type(value = Step.Canary.class, name = "canary"),
        @JsonSubTypes.Type(value = Step.AbTest.class, name = "ab"),
        @JsonSubTypes.Type(value = Step.Switch.class, name = "switch"),
        @JsonSubTypes.Type(value = Step.Bake.class, name = "bake"),
        @JsonSubTypes.Type(value = Step.Pause.class, name = "pause"),
        @JsonSubTypes.Type(value = Step.Approval.class, name = "approval")
    })
    private interface StepNames {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Violation.Failed.class, name = "failed"),
        @JsonSubTypes.Type(value = Violation.SlowerThan.class, name = "slowerThan"),
        @JsonSubTypes.Type(value = Violation.SlowerThanChampion.class, name = "slowerThanChampion")
    })
    private interface ViolationNames {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = FreezeWindow.Once.class, name = "once"),
        @JsonSubTypes.Type(value = FreezeWindow.Weekly.class, name = "weekly")
    })
    private interface FreezeNames {}

    @SuppressWarnings("unused") // read by Jackson
    private abstract static class WealthsForm {
        @JsonCreator
        static Wealths of(List<Double> state) {
            return Wealths.of(state);
        }

        @JsonValue
        abstract List<Double> state();
    }

    @SuppressWarnings("unused") // read by Jackson
    private abstract static class UnitSampleForm {
        @JsonCreator
        static UnitSample of(List<Long> state) {
            return UnitSample.of(state);
        }

        @JsonValue
        abstract List<Long> state();
    }

    @SuppressWarnings("unused") // read by Jackson
    private abstract static class RecentUnitsForm {
        @JsonCreator
        static RecentUnits of(List<Integer> hashes) {
            return RecentUnits.of(hashes);
        }

        @JsonValue
        abstract List<Integer> hashes();
    }
}
