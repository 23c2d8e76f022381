package io.homeostat.rollout.guardrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.rollout.routing.Arm;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GuardrailStateTest {
    private static final Guardrail ERRORS = Guardrail.errors("errorRate", 0);
    private static final Computation FINE = new Computation(false, 1);
    private static final Computation FAILED = new Computation(true, 1);
    private static final double LOG_40 = Math.log(40);

    @Test
    void aUnitThatFailsAgainAndAgainCountsOnce() {
        // given
        GuardrailState state = GuardrailState.start(ERRORS);

        // when
        for (int i = 0; i < 50; i++) {
            state = state.observe("one", Arm.CANDIDATE, .05, FAILED, null, false);
        }

        // then
        assertThat(state.process().failures()).isEqualTo(1);
        assertThat(state.candidate().violations()).isEqualTo(50);
        assertThat(state.process().logE()).isLessThan(LOG_40);
    }

    @Test
    void aCandidateFailingInShadowIsFoundBeforeItServesAnybody() {
        // given
        GuardrailState state = GuardrailState.start(ERRORS);

        // when
        for (int i = 0; i < 10; i++) {
            state = state.observe("unit" + i, Arm.STABLE, 0, FINE, FAILED, false);
        }

        // then
        assertThat(state.process().logE()).isGreaterThan(LOG_40);
    }

    @Test
    void whereBothFailNobodyIsToBlame() {
        // given
        GuardrailState state = GuardrailState.start(ERRORS);

        // when
        for (int i = 0; i < 100; i++) {
            state = state.observe("unit" + i, Arm.STABLE, 0, FAILED, FAILED, false);
        }

        // then
        assertThat(state.process().failures()).isZero();
        assertThat(state.stable().violations()).isEqualTo(100);
        assertThat(state.candidate().violations()).isEqualTo(100);
    }

    @Test
    void theChampionsFailureWhereTheShadowIsFineSpeaksForTheCandidate() {
        // when
        GuardrailState state = GuardrailState.start(ERRORS).observe("unit", Arm.STABLE, .05, FAILED, FINE, false);

        // then
        assertThat(state.process().candidateFailures()).isZero();
        assertThat(state.process().logE()).isNegative();
    }

    @Test
    void slowMeansAboveTheLatency() {
        // given
        GuardrailState slow = GuardrailState.start(Guardrail.slow("latencyP99", Duration.ofMillis(50), 0));

        // when
        GuardrailState at = slow.observe("u", Arm.CANDIDATE, .5, new Computation(true, 50), null, false);
        GuardrailState above = slow.observe("u", Arm.CANDIDATE, .5, new Computation(false, 50.1), null, false);

        // then
        assertThat(at.candidate().violations()).isZero();
        assertThat(above.candidate().violations()).isEqualTo(1);
    }

    @Test
    void slowerThanTheChampionsFrozenPercentileIsFound() {
        // given
        GuardrailState same = learned();
        GuardrailState slower = learned();
        SplittableRandom random = new SplittableRandom(2);

        // when
        for (int i = 0; i < 3000; i++) {
            double millis = 100 * random.nextDouble();
            same = same.observe("u" + i, i % 2 == 0 ? Arm.CANDIDATE : Arm.STABLE, .5, took(millis), null, false);
            double own = i % 2 == 0 ? 1.1 * millis : millis;
            slower = slower.observe("u" + i, i % 2 == 0 ? Arm.CANDIDATE : Arm.STABLE, .5, took(own), null, false);
        }

        // then
        assertThat(slower.process().logE()).isGreaterThan(LOG_40);
        assertThat(same.process().logE()).isLessThan(LOG_40);
        assertThat(same.stable().violations()).isBetween(5L, 40L);
    }

    private static Computation took(double millis) {
        return new Computation(false, millis);
    }

    /* of 1,000 values 0.1, 0.2, … 100 the 99th percentile is 99 */
    private static GuardrailState learned() {
        GuardrailState state = GuardrailState.start(Guardrail.slowerThanChampion("latencyP99", .99, 0));
        for (int i = 0; i < FrozenQuantile.LEARNED; i++) {
            assertThat(state.limit().frozen()).isNull();
            state = state.observe("l" + i, Arm.STABLE, 0, took((i * 7 % 1000 + 1) / 10.0), took(1e6), false);
        }
        assertThat(state.limit().frozen()).isEqualTo(99);
        assertThat(state.limit().largest()).isEmpty();
        assertThat(state.candidate().requests()).isZero();
        return state;
    }

    @Test
    void noFailureInElevenHundredProvesThatItIsNotWorseByHalfAPoint() {
        // given
        Guardrail proven = Guardrail.errors("errorRate", .005).toBeProven();
        GuardrailState state = GuardrailState.start(proven);
        GuardrailState repeated = state;

        // when
        for (int i = 0; i < 1100; i++) {
            state = state.observe("u" + i, Arm.STABLE, .05, FINE, FINE, true);
            repeated = repeated.observe("u", Arm.STABLE, .05, FINE, FINE, i == 0);
        }

        // then
        assertThat(state.proof().rejects(.05)).isTrue();
        assertThat(repeated.proof().rejects(.05)).isFalse();
    }

    @Test
    void aCandidateWorseByTheAllowanceIsProvenWithinTheBudget() {
        // when
        int proven = 0;
        for (int seed = 0; seed < 300; seed++) {
            proven += provenAtTheEdge(new SplittableRandom(seed)) ? 1 : 0;
        }

        // then
        assertThat(proven).isLessThanOrEqualTo(15 + 8);
    }

    private static boolean provenAtTheEdge(SplittableRandom random) {
        GuardrailState state =
                GuardrailState.start(Guardrail.errors("errorRate", .02).toBeProven());
        for (int i = 0; i < 1500 && !state.proof().rejects(.05); i++) {
            Computation stable = new Computation(random.nextDouble() < .01, 1);
            Computation candidate = new Computation(random.nextDouble() < .03, 1);
            state = state.observe("u" + i, Arm.STABLE, 0, stable, candidate, true);
        }
        return state.proof().rejects(.05);
    }

    @Test
    void startsAfreshButKeepsTheLearnedLatency() {
        // given
        GuardrailState state = learned().observe("u", Arm.CANDIDATE, .5, took(200), null, false);

        // when
        GuardrailState fresh = state.afresh();

        // then
        assertThat(fresh.limit().frozen()).isEqualTo(99);
        assertThat(fresh.process().failures()).isZero();
        assertThat(fresh.units().contains("u")).isFalse();
    }

    @Test
    void anImpossibleGuardrailIsRefusedWithItsPath() {
        assertThatThrownBy(() -> Guardrail.errors("errorRate", 1.5))
                .hasMessageContaining("guardrails.errorRate.allowedIncrease: 1.5");
        assertThatThrownBy(() -> Guardrail.errors("errorRate", 0).toBeProven())
                .hasMessageContaining("guardrails.errorRate.proven");
        assertThatThrownBy(() -> Guardrail.slow("latencyP99", Duration.ZERO, 0))
                .hasMessageContaining("slowerThan: PT0S");
        assertThatThrownBy(() -> Guardrail.slowerThanChampion("latencyP99", 99, 0))
                .hasMessageContaining("quantile: 99.0");
        assertThatThrownBy(() -> took(-1)).hasMessageContaining("latencyMillis: -1.0");
    }
}
