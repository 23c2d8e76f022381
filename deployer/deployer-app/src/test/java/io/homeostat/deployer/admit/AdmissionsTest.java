package io.homeostat.deployer.admit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.backbone.deadletter.DeadLetter;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.deployer.testing.World;
import io.homeostat.rollout.guardrail.Guardrail;
import io.homeostat.rollout.plan.Decision;
import io.homeostat.rollout.plan.FreezeWindow;
import io.homeostat.rollout.plan.Policies;
import io.homeostat.rollout.plan.Reaction;
import io.homeostat.rollout.plan.RolloutPlan;
import io.homeostat.rollout.plan.Step;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
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
    }

    @Test
    void everyKindOfStepBecomesOneOfThePlan() {
        assertThat(PlanMapping.plan(spec("binary", """
                        {steps: [shadow: 1m, pause: untilResumed, canary: 7%, bake: 2m, approval: 1d, switch: 3m,
                         pause: 4m]}"""), null).steps())
                .containsExactly(
                        new Step.Shadow(Duration.ofMinutes(1)),
                        new Step.Pause(null),
                        new Step.Canary(7, Duration.ofMinutes(10)),
                        new Step.Bake(Duration.ofMinutes(2)),
                        new Step.Approval(Duration.ofDays(1)),
                        new Step.Switch(Duration.ofMinutes(3)),
                        new Step.Pause(Duration.ofMinutes(4)));
    }

    @Test
    void everyDecisionOfTheSpecIsThePlans() {
        // when
        RolloutPlan plan = PlanMapping.plan(spec("binary", """
                {guardrails: {errorRate: {worseByAtMost: 1%, prove: true}, latencyP95: {}},
                 decide: {objective: auc, goal: superior, deadline: 3h, onDeadline: leader,
                          verdicts: {pass: hold, fail: hold, noData: {after: 1h, then: rollback}, error: {after: 2h}},
                          labels: {count: every, olderThan: 1d, coverage: 50%}},
                 freeze: [{from: 2026-12-24T00:00:00Z, to: 2027-01-02T00:00:00Z},
                          {days: [fri, sat], from: "16:00", to: "24:00", zone: Europe/Berlin}]}"""), null);

        // then
        assertThat(plan.guardrails())
                .containsExactly(
                        Guardrail.errors("errorRate", .01).toBeProven(),
                        Guardrail.slowerThanChampion("latencyP95", .95, 0));
        assertThat(plan.decision())
                .isEqualTo(new Decision(
                        "auc",
                        Decision.Goal.SUPERIOR,
                        .01,
                        .05,
                        Decision.Counting.EVERY_REQUEST,
                        Duration.ofDays(1),
                        .5,
                        new Policies(
                                Reaction.HOLD,
                                Reaction.HOLD,
                                new Policies.Deadline(Duration.ofHours(3), Reaction.LEADER),
                                new Policies.Deadline(Duration.ofHours(1), Reaction.ROLLBACK),
                                new Policies.Deadline(Duration.ofHours(2), Reaction.HOLD))));
        assertThat(plan.freezes())
                .containsExactly(
                        new FreezeWindow.Once(
                                Instant.parse("2026-12-24T00:00:00Z"), Instant.parse("2027-01-02T00:00:00Z")),
                        new FreezeWindow.Weekly(
                                Set.of(DayOfWeek.FRIDAY, DayOfWeek.SATURDAY),
                                LocalTime.of(16, 0),
                                LocalTime.MIDNIGHT,
                                ZoneId.of("Europe/Berlin")));
    }

    @Test
    void withoutLabelsTheGuardrailsDecide() {
        // when
        RolloutPlan plan = PlanMapping.plan(
                spec(
                        "binary",
                        "{guardrails: {errorRate: {worseByAtMost: 1%, prove: true}}, decide: {objective: none}}"),
                null);

        // then
        assertThat(plan.decision().objective()).isNull();
        assertThat(plan.harmTests()).isEqualTo(1);
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
