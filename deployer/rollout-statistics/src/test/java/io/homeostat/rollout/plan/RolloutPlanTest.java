package io.homeostat.rollout.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.rollout.guardrail.Guardrail;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RolloutPlanTest {
    private static final Duration HOLD = Duration.ofMinutes(10);

    @Test
    void harmTestsShareTheBudget() {
        // when
        RolloutPlan plan = plan(new Step.Shadow(HOLD), new Step.Canary(5, HOLD), new Step.AbTest(50, HOLD));

        // then
        assertThat(plan.harmThreshold()).isEqualTo(40);
        assertThat(plan.promotionThreshold()).isEqualTo(20);
    }

    @Test
    void aStepWithoutAShareKeepsTheOneBefore() {
        // when
        RolloutPlan plan = plan(
                new Step.Bake(HOLD),
                new Step.Canary(5, HOLD),
                new Step.Pause(null),
                new Step.Approval(HOLD),
                new Step.Switch(HOLD),
                new Step.Bake(HOLD));

        // then
        assertThat(List.of(0, 1, 2, 3, 4, 5)).map(plan::weightAt).containsExactly(0.0, 5.0, 5.0, 5.0, 100.0, 100.0);
    }

    @Test
    void anImpossibleStepIsNamed() {
        assertThatThrownBy(() -> plan(new Step.Shadow(HOLD), new Step.Canary(25, HOLD), new Step.Canary(5, HOLD)))
                .hasMessage("rollout.steps[2]: weight 5.0 % is below 25.0 % of the step before."
                        + " Maybe they are swapped.");
        assertThatThrownBy(() -> plan(new Step.Canary(0, HOLD))).hasMessageContaining("rollout.steps[0]: weight 0.0 %");
        assertThatThrownBy(() -> plan(new Step.Canary(100.5, HOLD))).hasMessageContaining("rollout.steps[0]");
        assertThatThrownBy(() -> plan(new Step.Canary(5, HOLD), new Step.Shadow(HOLD)))
                .hasMessageContaining("rollout.steps[1]: shadow after 5.0 %");
        assertThatThrownBy(() -> plan(new Step.Shadow(Duration.ZERO)))
                .hasMessageContaining("rollout.steps[0].hold: PT0S");
        assertThatThrownBy(() -> plan(new Step.Approval(Duration.ZERO)))
                .hasMessageContaining("rollout.steps[0].approval: PT0S");
        assertThatThrownBy(() -> plan()).hasMessageContaining("rollout.steps: are empty");
    }

    @Test
    void aListThatOnlyAPersonCouldEndWithoutKnowingIsRefused() {
        assertThatThrownBy(() -> plan(new Step.Canary(5, HOLD), new Step.Pause(null)))
                .hasMessageStartingWith("rollout.steps[1]: is a pause that only a person ends")
                .hasMessageContaining("has no end");
        assertThat(plan(new Step.Pause(null), new Step.Canary(5, HOLD)).steps()).hasSize(2);
        assertThat(plan(new Step.Canary(5, HOLD), new Step.Pause(HOLD)).steps()).hasSize(2);
    }

    @Test
    void guardrailsNeedTheirOwnNames() {
        Guardrail errors = Guardrail.errors("errorRate", 0);
        assertThatThrownBy(() -> new RolloutPlan(
                        List.of(new Step.Shadow(HOLD)), List.of(errors, errors), Decision.on("accuracy"), HOLD))
                .hasMessageContaining("rollout.guardrails.errorRate: is there twice");
    }

    @Test
    void withoutLabelsSomethingElseMustPass() {
        // given
        Decision none = Decision.on(null);
        Guardrail errors = Guardrail.errors("errorRate", .01);
        Step canary = new Step.Canary(5, HOLD);

        // when, then
        assertThatThrownBy(() -> new RolloutPlan(List.of(canary), List.of(errors), none, HOLD))
                .hasMessageContaining("rollout.decide.objective: is none")
                .hasMessageContaining("nothing could ever pass");
        assertThat(new RolloutPlan(List.of(canary), List.of(errors.toBeProven()), none, HOLD).harmThreshold())
                .isEqualTo(20);
        assertThat(new RolloutPlan(List.of(canary, new Step.Approval(HOLD)), List.of(errors), none, HOLD).harmTests())
                .isEqualTo(1);
    }

    @Test
    void anImpossibleReactionIsRefused() {
        // given
        Policies.Deadline hold = new Policies.Deadline(HOLD, Reaction.HOLD);
        Policies.Deadline promote = new Policies.Deadline(HOLD, Reaction.PROMOTE);

        // when, then
        assertThatThrownBy(() -> new Policies(Reaction.ROLLBACK, Reaction.ROLLBACK, hold, hold, hold))
                .hasMessageContaining("rollout.decide.onPass: ROLLBACK is not possible");
        assertThatThrownBy(() -> new Policies(Reaction.PROMOTE, Reaction.PROMOTE, hold, hold, hold))
                .hasMessageContaining("rollout.decide.onFail");
        assertThatThrownBy(() -> new Policies(Reaction.PROMOTE, Reaction.HOLD, hold, promote, hold))
                .hasMessageContaining("rollout.decide.onNoData");
        assertThatThrownBy(() -> new Policies(Reaction.PROMOTE, Reaction.HOLD, hold, hold, promote))
                .hasMessageContaining("rollout.decide.onError");
        assertThatThrownBy(() -> Policies.within(Duration.ZERO, Reaction.HOLD))
                .hasMessageContaining("rollout.decide.deadline: PT0S");
    }

    private static RolloutPlan plan(Step... steps) {
        return new RolloutPlan(
                List.of(steps), List.of(Guardrail.errors("errorRate", 0)), Decision.on("accuracy"), HOLD);
    }
}
