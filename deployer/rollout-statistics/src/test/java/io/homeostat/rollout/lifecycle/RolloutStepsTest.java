package io.homeostat.rollout.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.rollout.guardrail.Guardrail;
import io.homeostat.rollout.lifecycle.RolloutDecision.Action;
import io.homeostat.rollout.lifecycle.RolloutInput.Command.Kind;
import io.homeostat.rollout.plan.Decision;
import io.homeostat.rollout.plan.FreezeWindow;
import io.homeostat.rollout.plan.Policies;
import io.homeostat.rollout.plan.Reaction;
import io.homeostat.rollout.plan.RolloutPlan;
import io.homeostat.rollout.plan.Step;
import io.homeostat.rollout.routing.Arm;
import io.homeostat.rollout.routing.ArmChoice;
import io.homeostat.rollout.verdict.Judgement;
import io.homeostat.rollout.verdict.MetricReport;
import io.homeostat.rollout.verdict.Verdict;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Steps, policies and freezes. */
class RolloutStepsTest {
    private static final Duration HOLD = Duration.ofMinutes(5);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Step CANARY = new Step.Canary(10, HOLD);
    private static final Policies USUAL = Policies.within(Duration.ofHours(6), Reaction.HOLD);
    private static final Policies.Deadline SOON_BACK = new Policies.Deadline(Duration.ofHours(2), Reaction.ROLLBACK);

    private static Policies policies(Reaction pass, Reaction fail, Policies.Deadline noData, Policies.Deadline error) {
        return new Policies(pass, fail, USUAL.inconclusive(), noData, error);
    }

    private static Scene scene(Policies policies, Step... steps) {
        return new Scene(1, Scene.plan(Decision.on("accuracy").with(policies), steps));
    }

    @Test
    void blueGreenServesEverybodyAtOnceAndBakes() {
        // given
        Scene scene = scene(USUAL, new Step.Shadow(HOLD), new Step.Switch(HOLD), new Step.Bake(HOLD));

        // when
        scene.traffic(6_000, .10, .02);

        // then
        assertThat(scene.decisions.stream().limit(3))
                .extracting(RolloutDecision::weightPercent)
                .containsExactly(100.0, 100.0, 100.0);
        assertThat(scene.decisions.get(0).to()).isEqualTo(new RolloutState.Serving(1, 100, "switch"));
        assertThat(scene.decisions.get(1).to().label()).isEqualTo("bake 100 %");
        assertThat(scene.decisions.get(2).action()).isEqualTo(Action.PROMOTE);
    }

    @Test
    void aPauseEndsByTimeWithoutTrafficOrByAPerson() {
        // given
        Scene timed = scene(USUAL, new Step.Pause(HOLD), CANARY);
        Scene endless = scene(USUAL, new Step.Pause(null), CANARY);

        // when
        timed.tick(HOLD);
        endless.tick(HOLD);

        // then
        assertThat(timed.rollout.weightPercent()).isEqualTo(10);
        assertThat(endless.rollout.state()).isEqualTo(new RolloutState.Waiting(0, 0, "pause"));
        endless.command(Kind.RESUME);
        assertThat(endless.last().reason()).isEqualTo("pause at 0 % ended by ann: because");
        assertThat(endless.rollout.weightPercent()).isEqualTo(10);
    }

    @Test
    void anApprovalAtTheEndPromotesAndInTheMiddleGoesOn() {
        // given
        Scene middle = scene(USUAL, new Step.Approval(DAY), CANARY);
        Scene last = scene(USUAL, CANARY, new Step.Approval(DAY));
        last.traffic(300, .03, .03);

        // when
        middle.command(Kind.RESUME);
        last.command(Kind.RESUME);

        // then
        assertThat(middle.last().action()).isEqualTo(Action.ADVANCE);
        assertThat(last.last().action()).isEqualTo(Action.PROMOTE);
        assertThat(last.last().reason()).isEqualTo("approval at 10 % ended by ann: because");
    }

    @Test
    void withoutApprovalTheChampionReturnsInTime() {
        // given
        Scene scene = scene(
                Policies.within(Duration.ofMinutes(10), Reaction.PROMOTE),
                CANARY,
                new Step.Approval(Duration.ofHours(8)));
        scene.traffic(300, .03, .03);

        // when: the deadline for evidence, which would promote, does not stand in for a person
        scene.tick(Duration.ofHours(7));
        assertThat(scene.rollout.state()).isInstanceOf(RolloutState.Waiting.class);
        scene.tick(Duration.ofHours(1));

        // then
        assertThat(scene.rollout.state()).isEqualTo(new RolloutState.RolledBack(RollbackCause.DEADLINE));
        assertThat(scene.last().reason()).isEqualTo("nobody approved within 8h");
    }

    @Test
    void harmEndsAWaitingRolloutToo() {
        // given
        Scene scene = scene(USUAL, CANARY, new Step.Approval(DAY));
        scene.traffic(300, .03, .03);

        // when
        scene.traffic(2_000, .01, .2);

        // then
        assertThat(scene.rollout.state()).isEqualTo(new RolloutState.RolledBack(RollbackCause.CANDIDATE_BAD));
    }

    @Test
    void aPassCanBeLeftToAPerson() {
        // given
        Scene scene = scene(policies(Reaction.HOLD, Reaction.ROLLBACK, USUAL.noData(), USUAL.error()), CANARY);

        // when
        scene.traffic(3_000, .10, .02);

        // then
        assertThat(held(scene)).isEqualTo(HoldReason.PASSED);
        scene.command(Kind.RESUME);
        assertThat(scene.last().reason()).endsWith("It has passed; PROMOTE or ABORT it.");
        scene.command(Kind.PROMOTE);
        assertThat(scene.rollout.state()).isInstanceOf(RolloutState.Watching.class);
    }

    private static HoldReason held(Scene scene) {
        assertThat(scene.rollout.state()).isInstanceOf(RolloutState.Held.class);
        return ((RolloutState.Held) scene.rollout.state()).reason();
    }

    @Test
    void harmCanBeLeftToAPersonWhoStartsTheTestsAgain() {
        // given
        Scene scene = scene(policies(Reaction.PROMOTE, Reaction.HOLD, USUAL.noData(), USUAL.error()), CANARY);

        // when
        scene.traffic(1_000, .02, .15);

        // then
        assertThat(held(scene)).isEqualTo(HoldReason.HARM);
        assertThat(scene.decisions).hasSize(1);
        scene.command(Kind.RESUME);
        assertThat(scene.rollout.evidence().labels().pairs().labels()).isZero();
        assertThat(scene.rollout.evidence().labels().differences().count()).isEqualTo(1_000);
        assertThat(RolloutProcess.judge(scene.rollout).verdict()).isEqualTo(Verdict.NO_DATA);
    }

    @Test
    void noDataHasADeadlineOfItsOwn() {
        // given
        Scene silent = scene(policies(Reaction.PROMOTE, Reaction.ROLLBACK, SOON_BACK, USUAL.error()), CANARY);
        Scene known = scene(policies(Reaction.PROMOTE, Reaction.ROLLBACK, SOON_BACK, USUAL.error()), CANARY);
        known.traffic(100, .03, .03);

        // when
        silent.tick(Duration.ofHours(2));
        known.tick(Duration.ofHours(2));

        // then
        assertThat(silent.rollout.state()).isEqualTo(new RolloutState.RolledBack(RollbackCause.DEADLINE));
        assertThat(silent.last().reason())
                .startsWith("the deadline of 2h has come: the candidate has computed 0 requests");
        assertThat(known.decisions).isEmpty();
    }

    @Test
    void anErrorHasADeadlineOfItsOwn() {
        // given
        Scene scene = scene(policies(Reaction.PROMOTE, Reaction.ROLLBACK, USUAL.noData(), SOON_BACK), CANARY);
        for (int i = 0; i < 300; i++) {
            scene.request(.9, .9, false);
        }
        assertThat(held(scene)).isEqualTo(HoldReason.PLATFORM_FAILING);

        // when
        scene.tick(Duration.ofHours(2));

        // then
        assertThat(scene.rollout.state()).isEqualTo(new RolloutState.RolledBack(RollbackCause.PLATFORM_FAILING));
        assertThat(scene.last().reason()).startsWith("held for 2h and still so: the champion fails, too");
    }

    @Test
    void aFreezeStopsEveryRiseButNoReturn() {
        // given
        FreezeWindow day = new FreezeWindow.Once(Scene.START.minusSeconds(1), Scene.START.plus(Duration.ofDays(1)));
        RolloutPlan plan = Scene.plan(Decision.on("accuracy").with(USUAL), List.of(day), CANARY);
        Scene good = new Scene(1, plan);
        Scene bad = new Scene(1, plan);

        // when
        good.traffic(3_000, .10, .02);
        good.command(Kind.PROMOTE);
        bad.traffic(3_000, .02, .15);

        // then
        assertThat(good.decisions).extracting(RolloutDecision::action).containsExactly(Action.REFUSE);
        assertThat(good.last().reason()).contains("The plan freezes it until 2026-01-02T00:00:00Z");
        assertThat(bad.rollout.state()).isEqualTo(new RolloutState.RolledBack(RollbackCause.CANDIDATE_BAD));
        good.tick(DAY);
        assertThat(good.last().action()).isEqualTo(Action.PROMOTE);
    }

    @Test
    void onlyABetterCandidatePassesIfThatIsTheGoal() {
        // given
        Decision superior = Decision.on("accuracy").with(USUAL).with(Decision.Goal.SUPERIOR);
        Scene scene = new Scene(1, Scene.plan(superior, CANARY));

        // when: without a difference it is soon shown not to be worse
        scene.traffic(2_000, 0, 0);

        // then
        assertThat(scene.decisions).isEmpty();
        assertThat(RolloutProcess.judge(scene.rollout).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void aGuardrailThatIsToBeProvenDelaysThePromotion() {
        // given
        Guardrail proven = Guardrail.errors("errorRate", .005).toBeProven();
        Decision none = Decision.on(null).with(USUAL);
        RolloutPlan plan =
                new RolloutPlan(List.of(CANARY), List.of(proven), none, List.of(), Duration.ofHours(1), 20, 0);
        Scene scene = new Scene(1, plan);

        // when
        for (int i = 0; i < 600; i++) {
            scene.request(0, 0, true);
        }
        Judgement before = RolloutProcess.judge(scene.rollout);
        for (int i = 0; i < 600; i++) {
            scene.request(0, 0, true);
        }

        // then
        assertThat(before.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(before.reason())
                .startsWith("undecided, errorRate needs about ")
                .contains(" more requests, about ");
        assertThat(before.metrics()).extracting(MetricReport::name).containsExactly("errorRate");
        assertThat(before.labelsNeeded()).isPresent();
        assertThat(scene.last().action()).isEqualTo(Action.PROMOTE);
        assertThat(scene.last().reason()).isEqualTo("every guardrail is shown to be no worse than allowed");
    }

    @Test
    void aCandidateWithoutItsShareOfUnitsIsNotCompared() {
        // given
        Scene scene = scene(USUAL, new Step.AbTest(50, HOLD));

        // when
        lossy(scene);

        // then
        assertThat(held(scene)).isEqualTo(HoldReason.EVIDENCE_SKEWED);
        assertThat(scene.last().verdict()).isEqualTo(Verdict.ERROR);
        assertThat(scene.last().reason()).contains("does not get its share of units");
        scene.command(Kind.RESUME);
        assertThat(RolloutProcess.judge(scene.rollout).verdict()).isNotEqualTo(Verdict.ERROR);
    }

    @Test
    void harmEndsAHoldForASkewToo() {
        // given
        Scene scene = scene(USUAL, new Step.AbTest(50, HOLD));
        lossy(scene);

        // when
        for (int i = 0; i < 300 && !scene.rollout.ended(); i++) {
            scene.request(0, .5, true);
        }

        // then
        assertThat(scene.rollout.state()).isEqualTo(new RolloutState.RolledBack(RollbackCause.CANDIDATE_BAD));
    }

    /* every second request of the candidate is never heard of, until something is decided */
    private static void lossy(Scene scene) {
        ArmChoice choice = new ArmChoice(scene.rollout.salt(), 50);
        for (int i = 0; i < 3_000 && scene.decisions.isEmpty(); i++) {
            if (i % 2 == 0 && choice.armOf("unit" + scene.request) == Arm.CANDIDATE) {
                scene.request++;
            } else {
                scene.request(0, 0, true);
            }
        }
    }

    @Test
    void aUnitCountsOnceUnlessThePlanSaysOtherwise() {
        // given
        Scene once = scene(USUAL, CANARY);
        Decision everyRequest = new Decision(
                "accuracy",
                Decision.Goal.NOT_INFERIOR,
                .01,
                .05,
                Decision.Counting.EVERY_REQUEST,
                Duration.ZERO,
                0,
                USUAL);
        Scene every = new Scene(1, Scene.plan(everyRequest, CANARY));

        // when
        for (int i = 0; i < 50; i++) {
            once.label("one", once.time, 1, null);
            every.label("one", every.time, 1, null);
        }

        // then
        assertThat(once.rollout.evidence().labels().pairs().labels()).isEqualTo(1);
        assertThat(every.rollout.evidence().labels().pairs().labels()).isEqualTo(50);
    }

    @Test
    void harmWhileTheChampionGetsWorseAsWellIsAChangedWorld() {
        // given
        Scene scene = scene(USUAL, CANARY);
        for (int i = 0; i < 1_000; i++) {
            scene.label("a" + i, scene.time, i % 40 == 0 ? 1 : i % 40 == 20 ? -1 : 0, i % 10 == 0 ? 1.0 : 0);
        }

        // when: nearly everything is wrong now, and the candidate suffers more
        for (int i = 0; i < 1_000 && !scene.rollout.ended(); i++) {
            scene.label("b" + i, scene.time, i % 5 == 0 ? -1 : 0, i % 5 == 0 ? 0.0 : 1);
        }

        // then
        assertThat(scene.rollout.state()).isEqualTo(new RolloutState.RolledBack(RollbackCause.WORLD_CHANGED));
    }
}
