package io.homeostat.rollout.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.rollout.lifecycle.RolloutDecision.Action;
import io.homeostat.rollout.lifecycle.RolloutInput.Command.Kind;
import io.homeostat.rollout.plan.Reaction;
import io.homeostat.rollout.plan.RolloutPlan;
import io.homeostat.rollout.plan.Step;
import io.homeostat.rollout.verdict.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RolloutProcessTest {
    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void aBetterCandidateGoesThroughAllStepsAndIsWatched() {
        // given
        Scene scene = new Scene(1, Scene.threeSteps());

        // when
        scene.traffic(20_000, .10, .02);

        // then
        assertThat(scene.decisions)
                .extracting(RolloutDecision::action)
                .containsExactly(Action.ADVANCE, Action.ADVANCE, Action.PROMOTE, Action.FINISH);
        assertThat(scene.rollout.state()).isEqualTo(new RolloutState.Promoted());
        assertThat(scene.rollout.revision()).isEqualTo(5);
        assertThat(scene.decisions.get(2).verdict()).isEqualTo(Verdict.PASS);
        assertThat(scene.decisions.get(2).reason())
                .matches("paired on \\d+ labels: candidate right where the champion is wrong \\d+ times, the opposite"
                        + " \\d+ times; superior with e = .+ ≥ 20");
    }

    @Test
    void aStepLastsItsTimeHoweverStrongTheEvidence() {
        // given
        Scene scene = new Scene(1, Scene.threeSteps());

        // when
        scene.traffic(299, .9, 0);

        // then
        assertThat(scene.decisions).isEmpty();
        scene.traffic(1, .9, 0);
        assertThat(scene.last().to()).isEqualTo(new RolloutState.Serving(1, 10, "canary"));
    }

    @Test
    void withoutRequestsNoStepEnds() {
        // given
        Scene scene = new Scene(1, Scene.threeSteps());

        // when
        scene.tick(Duration.ofHours(5));

        // then
        assertThat(scene.decisions).isEmpty();
        assertThat(RolloutProcess.judge(scene.rollout).verdict()).isEqualTo(Verdict.NO_DATA);
    }

    @ParameterizedTest
    @EnumSource(Reaction.class)
    void noDataAtTheDeadlineIsNeverAPass(Reaction policy) {
        // given
        Scene scene = new Scene(1, Scene.plan(policy, new Step.Canary(10, Duration.ofMinutes(5))));

        // when
        scene.tick(DAY);

        // then
        assertThat(scene.last().verdict()).isEqualTo(Verdict.NO_DATA);
        assertThat(scene.last().action()).isEqualTo(policy == Reaction.ROLLBACK ? Action.ROLLBACK : Action.HOLD);
    }

    @Test
    void requestsWithoutLabelsAreHeldEvenIfThePlanPromotesAtTheDeadline() {
        // given
        Scene scene = new Scene(1, Scene.plan(Reaction.PROMOTE, new Step.Canary(50, Duration.ofMinutes(5))));
        outage(scene, 200, 0, false);

        // when
        scene.tick(DAY);

        // then
        assertThat(scene.last().action()).isEqualTo(Action.HOLD);
        assertThat(scene.last().verdict()).isEqualTo(Verdict.NO_DATA);
    }

    @Test
    void anUndecidedCandidateIsPromotedAtTheDeadlineIfThePlanSaysSo() {
        // given
        Scene scene = new Scene(1, Scene.plan(Reaction.PROMOTE, new Step.Canary(50, Duration.ofMinutes(5))));
        scene.traffic(200, .03, .03);

        // when
        scene.tick(DAY);

        // then
        assertThat(scene.last().action()).isEqualTo(Action.PROMOTE);
        assertThat(scene.last().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void theLeaderAtTheDeadlineStaysIfThePlanSaysSo() {
        // given
        Scene ahead = new Scene(1, Scene.plan(Reaction.LEADER, new Step.Canary(50, Duration.ofMinutes(5))));
        Scene behind = new Scene(1, Scene.plan(Reaction.LEADER, new Step.Canary(50, Duration.ofMinutes(5))));
        ahead.traffic(200, .04, .03);
        behind.traffic(200, .03, .05);

        // when
        ahead.tick(DAY);
        behind.tick(DAY);

        // then
        assertThat(ahead.last().action()).isEqualTo(Action.PROMOTE);
        assertThat(ahead.last().reason()).endsWith("the champion does not lead, so the plan promotes");
        assertThat(behind.last().action()).isEqualTo(Action.ROLLBACK);
        assertThat(behind.last().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void aRolloutHeldAtItsDeadlineGetsTheTimeAgainWhenResumed() {
        // given
        Scene scene = new Scene(1, Scene.canaryOnly(10));
        scene.tick(DAY);

        // when
        scene.command(Kind.RESUME);
        scene.tick(Duration.ofHours(5));

        // then
        assertThat(scene.last().action()).isEqualTo(Action.RESUME);
        scene.tick(Duration.ofHours(2));
        assertThat(scene.last().action()).isEqualTo(Action.HOLD);
    }

    @Test
    void aSharedOutageHoldsAndGoesOnByItself() {
        // given
        Scene scene = new Scene(1, Scene.canaryOnly(10));
        outage(scene, 200, .01, false);

        // when
        outage(scene, 300, .8, false);
        outage(scene, 600, .01, false);

        // then
        assertThat(scene.decisions).extracting(RolloutDecision::action).containsExactly(Action.HOLD, Action.RESUME);
        assertThat(scene.decisions.get(0).to())
                .isInstanceOfSatisfying(
                        RolloutState.Held.class,
                        held -> assertThat(held.reason()).isEqualTo(HoldReason.PLATFORM_FAILING));
        assertThat(scene.decisions.get(0).verdict()).isEqualTo(Verdict.ERROR);
        assertThat(scene.rollout.weightPercent()).isEqualTo(10);
    }

    @Test
    void thePreviousChampionReturnsIfItProvesBetterAfterThePromotion() {
        // given
        Scene scene = new Scene(1, Scene.canaryOnly(10));
        scene.command(Kind.PROMOTE);

        // when
        scene.traffic(1000, .02, .15);

        // then
        assertThat(scene.rollout.state())
                .isEqualTo(new RolloutState.RolledBack(RollbackCause.PREVIOUS_CHAMPION_BETTER));
        assertThat(scene.rollout.shadowing()).isFalse();
    }

    @Test
    void aCandidateThatWasBetterAndIsNowWorseMetAChangedWorld() {
        // given
        Scene scene = new Scene(1, Scene.plan(Reaction.HOLD, new Step.Shadow(DAY)));
        scene.traffic(100, .2, .02);

        // when
        scene.traffic(2000, .02, .3);

        // then
        assertThat(scene.rollout.state()).isEqualTo(new RolloutState.RolledBack(RollbackCause.WORLD_CHANGED));
    }

    @Test
    void aNewerCandidateEndsTheTrialButKeepsAPromotion() {
        // given
        Scene trial = new Scene(1, Scene.canaryOnly(10));
        Scene watch = new Scene(1, Scene.canaryOnly(10));
        watch.command(Kind.PROMOTE);

        // when
        trial.say(new RolloutInput.Superseded(trial.time, "v3"));
        watch.say(new RolloutInput.Superseded(watch.time, "v3"));

        // then
        assertThat(trial.rollout.state()).isEqualTo(new RolloutState.RolledBack(RollbackCause.SUPERSEDED));
        assertThat(watch.rollout.state()).isEqualTo(new RolloutState.Promoted());
    }

    @Test
    void whereTheModelIsRemovedWhoeverIsChampionStaysSo() {
        // given
        Scene trial = new Scene(1, Scene.canaryOnly(10));
        Scene held = new Scene(1, Scene.canaryOnly(10));
        held.command(Kind.HOLD);
        Scene watch = new Scene(1, Scene.canaryOnly(10));
        watch.command(Kind.PROMOTE);

        // when
        for (Scene scene : List.of(trial, held, watch)) {
            scene.say(new RolloutInput.ModelRemoved(scene.time));
        }

        // then
        assertThat(trial.rollout.state()).isEqualTo(new RolloutState.RolledBack(RollbackCause.MODEL_REMOVED));
        assertThat(held.rollout.state()).isEqualTo(new RolloutState.RolledBack(RollbackCause.MODEL_REMOVED));
        assertThat(watch.rollout.state()).isEqualTo(new RolloutState.Promoted());
    }

    @Test
    void timeGoingBackwardsCountsAsStandingStill() {
        // given
        Scene scene = new Scene(1, Scene.canaryOnly(10));
        scene.tick(Duration.ofHours(1));

        // when
        scene.say(new RolloutInput.Tick(Scene.START));

        // then
        assertThat(scene.rollout.now()).isEqualTo(Scene.START.plus(Duration.ofHours(1)));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void anEndedRolloutRefusesEveryCommandWithAReason(Kind kind) {
        // given
        Scene scene = new Scene(1, Scene.canaryOnly(10));
        scene.command(Kind.ABORT);
        Rollout ended = scene.rollout;

        // when
        scene.command(kind);

        // then
        assertThat(scene.rollout).isEqualTo(ended);
        assertThat(scene.last().action()).isEqualTo(Action.REFUSE);
        assertThat(scene.last().reason()).contains(kind + " by ann refused: the rollout is rolled back.");
    }

    @Test
    void commandsInTheWrongStateAreRefused() {
        // given
        Scene scene = new Scene(1, Scene.canaryOnly(10));

        // when
        List<Kind> orders = List.of(Kind.RESUME, Kind.HOLD, Kind.HOLD, Kind.PROMOTE, Kind.ABORT, Kind.HOLD);
        orders.forEach(scene::command);

        // then
        assertThat(scene.decisions)
                .extracting(RolloutDecision::action)
                .containsExactly(
                        Action.REFUSE, Action.HOLD, Action.REFUSE, Action.PROMOTE, Action.REFUSE, Action.REFUSE);
        scene.command(Kind.ROLLBACK);
        assertThat(scene.rollout.weightPercent()).isZero();
    }

    @Test
    void theSameInputsGiveTheSameDecisions() {
        // given
        RolloutPlan plan = Scene.threeSteps();
        Scene scene = new Scene(3, plan);
        scene.traffic(4000, .06, .03);

        // when
        Scene replay = new Scene(3, plan);
        new ArrayList<>(scene.inputs).forEach(replay::say);

        // then
        assertThat(replay.decisions).isNotEmpty().isEqualTo(scene.decisions);
        assertThat(replay.rollout).isEqualTo(scene.rollout);
    }

    private static void outage(Scene scene, int requests, double rate, boolean shadow) {
        for (int i = 0; i < requests; i++) {
            scene.request(rate, rate, shadow);
        }
    }
}
