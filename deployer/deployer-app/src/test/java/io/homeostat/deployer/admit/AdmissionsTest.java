package io.homeostat.deployer.admit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.backbone.deadletter.DeadLetter;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.deployer.testing.World;
import io.homeostat.rollout.guardrail.Guardrail;
import io.homeostat.rollout.plan.RolloutPlan;
import io.homeostat.rollout.plan.Step;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AdmissionsTest {
    private static ModelSpec spec(String task, String rollout) {
        return ModelSpec.read(("{model: loans, task: " + task + ", features: {a: numeric}, rollout: " + rollout + "}")
                .getBytes(StandardCharsets.UTF_8));
    }

    private static Admissions admissions(String champion, String underway, RecentIds seen) {
        return new Admissions(
                Optional.of(spec("binary", "{}")), Optional.ofNullable(champion), Optional.ofNullable(underway), seen);
    }

    @Test
    void firstOneIsChampion() {
        assertThat(admissions(null, null, RecentIds.none()).judge(World.candidate("c", "v1", World.START)))
                .isEqualTo(new Admission.FirstChampion());
    }

    @Test
    void oneSeenBeforeIsKnown() {
        assertThat(admissions(null, null, RecentIds.none().plus("c")).judge(World.candidate("c", "v1", World.START)))
                .isEqualTo(new Admission.Known());
    }

    @Test
    void sameVersionIsRefusedAsChampionAndAsCandidate() {
        assertThat(admissions("v1", null, RecentIds.none()).judge(World.candidate("c", "v1", World.START)))
                .isEqualTo(new Admission.Refused(
                        DeadLetter.Reason.REFUSED,
                        "version: 'v1' is the champion already; give the new one a name of its own"));
        assertThat(admissions("v1", "v2", RecentIds.none()).judge(World.candidate("c", "v2", World.START)))
                .isInstanceOf(Admission.Refused.class);
    }

    @Test
    void personMayProposeWhateverTheBaseline() {
        assertThat(admissions("v1", null, RecentIds.none())
                        .judge(World.candidate("c", "v2", World.START, null, "v0", null)))
                .isInstanceOf(Admission.Challenge.class);
    }

    @Test
    void specBecomesThePlan() {
        RolloutPlan plan = PlanMapping.plan(spec("binary", """
                        {steps: [shadow: 1m, canary: 7%, {ab: 50%, hold: 1h}],
                         guardrails: {errorRate: {worseByAtMost: 0.5%}, latencyP99: {atMost: 50ms}},
                         decide: {margin: 2%, deadline: 3h, onDeadline: rollback}, minRequests: 9}"""), null);
        assertThat(plan.steps())
                .containsExactly(
                        new Step.Shadow(Duration.ofMinutes(1)),
                        new Step.Canary(7, Duration.ofMinutes(10)),
                        new Step.AbTest(50, Duration.ofHours(1)));
        assertThat(plan.guardrails())
                .containsExactly(
                        Guardrail.errors("errorRate", .005), Guardrail.slow("latencyP99", Duration.ofMillis(50), 0));
        assertThat(plan.decision().objective()).isEqualTo("accuracy");
        assertThat(plan.decision().margin()).isEqualTo(.02);
        assertThat(plan.minimumRequests()).isEqualTo(9);
    }

    @Test
    void marginOfALossIsAShareOfTheChampionsMeanLoss() {
        assertThat(PlanMapping.plan(spec("regression", "{decide: {margin: 2%}}"), null)
                        .decision()
                        .margin())
                .isEqualTo(.005);
    }

    @Test
    void impossiblePlanIsRefusedWithItsPath() {
        assertThatThrownBy(() -> PlanMapping.plan(spec("binary", "{steps: [shadow: 0s]}"), null))
                .hasMessageContaining("steps[0].hold");
        assertThatThrownBy(() -> PlanMapping.plan(spec("binary", "{guardrails: {latencyP99: {}}}"), null))
                .hasMessageContaining("rollout.guardrails.latencyP99.atMost: is missing");
    }

    @Test
    void onlyTheNewestIdsAreRemembered() {
        RecentIds ids = RecentIds.none();
        for (int i = 0; i < 60; i++) {
            ids = ids.plus("c" + i);
        }
        assertThat(ids.ids()).hasSize(RecentIds.LIMIT).startsWith("c10").endsWith("c59");
    }
}
