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
        assertThatThrownBy(() -> plan()).hasMessageContaining("rollout.steps: are empty");
    }

    @Test
    void guardrailsNeedTheirOwnNames() {
        Guardrail errors = Guardrail.errors("errorRate", 0);
        assertThatThrownBy(() -> new RolloutPlan(
                        List.of(new Step.Shadow(HOLD)), List.of(errors, errors), Decision.on("accuracy"), HOLD))
                .hasMessageContaining("rollout.guardrails.errorRate: is there twice");
    }

    private static RolloutPlan plan(Step... steps) {
        return new RolloutPlan(
                List.of(steps), List.of(Guardrail.errors("errorRate", 0)), Decision.on("accuracy"), HOLD);
    }
}
