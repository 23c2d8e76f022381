package io.homeostat.rollout.guardrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.rollout.routing.Arm;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GuardrailStateTest {
    private static final Guardrail ERRORS = Guardrail.errors("errorRate", 0);

    @Test
    void aUnitThatFailsAgainAndAgainCountsOnce() {
        // given
        GuardrailState state = GuardrailState.start("errorRate");

        // when
        for (int i = 0; i < 50; i++) {
            state = state.observe(ERRORS, "one", Arm.CANDIDATE, .05, true, null);
        }

        // then
        assertThat(state.process().failures()).isEqualTo(1);
        assertThat(state.candidateViolations()).isEqualTo(50);
        assertThat(state.verdict(2, .05)).isEqualTo(GuardrailVerdict.CLEAR);
    }

    @Test
    void aCandidateFailingInShadowIsFoundBeforeItServesAnybody() {
        // given
        GuardrailState state = GuardrailState.start("errorRate");

        // when
        for (int i = 0; i < 10; i++) {
            state = state.observe(ERRORS, "unit" + i, Arm.STABLE, 0, false, true);
        }

        // then
        assertThat(state.verdict(2, .05)).isEqualTo(GuardrailVerdict.HARM);
    }

    @Test
    void whereBothFailNobodyIsToBlame() {
        // given
        GuardrailState state = GuardrailState.start("errorRate");

        // when
        for (int i = 0; i < 100; i++) {
            state = state.observe(ERRORS, "unit" + i, Arm.STABLE, 0, true, true);
        }

        // then
        assertThat(state.process().failures()).isZero();
        assertThat(state.stableViolations()).isEqualTo(100);
        assertThat(state.candidateViolations()).isEqualTo(100);
    }

    @Test
    void theChampionsFailureWhereTheShadowIsFineSpeaksForTheCandidate() {
        // when
        GuardrailState state = GuardrailState.start("errorRate").observe(ERRORS, "unit", Arm.STABLE, .05, true, false);

        // then
        assertThat(state.process().candidateFailures()).isZero();
        assertThat(state.process().logE()).isNegative();
    }

    @Test
    void theMemoryOfUnitsIsBoundedAndForgetsTheOldest() {
        // given
        FailingUnits units = FailingUnits.none();

        // when
        for (int i = 0; i <= FailingUnits.LIMIT; i++) {
            units = units.plus("unit" + i);
        }

        // then
        assertThat(units.hashes()).hasSize(FailingUnits.LIMIT);
        assertThat(units.contains("unit0")).isFalse();
        assertThat(units.contains("unit" + FailingUnits.LIMIT)).isTrue();
    }

    @Test
    void slowMeansAboveTheLatency() {
        // given
        Guardrail slow = Guardrail.slow("latencyP99", Duration.ofMillis(50), 0);

        // when, then
        assertThat(slow.violatedBy(true, 50)).isFalse();
        assertThat(slow.violatedBy(false, 50.1)).isTrue();
    }

    @Test
    void anImpossibleGuardrailIsRefusedWithItsPath() {
        assertThatThrownBy(() -> Guardrail.errors("errorRate", 1.5))
                .hasMessageContaining("guardrails.errorRate.allowedIncrease: 1.5");
        assertThatThrownBy(() -> Guardrail.slow("latencyP99", Duration.ZERO, 0))
                .hasMessageContaining("guardrails.latencyP99.slowerThan: PT0S");
    }
}
