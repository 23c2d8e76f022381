package io.homeostat.rollout.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.homeostat.rollout.plan.Decision;
import io.homeostat.rollout.plan.Step;
import io.homeostat.rollout.routing.Arm;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Labels of requests that one version alone answered. */
class SingleLabelsTest {
    private static final double STABLE_WRONG = .1;
    private static final double LOG_TWENTY = Math.log(20);

    private static RolloutInput.SingleOutcome outcome(SplittableRandom random, double weight, double better, int i) {
        boolean candidate = random.nextDouble() * 100 < weight;
        double wrong = STABLE_WRONG - (candidate ? better : 0);
        return outcome(candidate ? Arm.CANDIDATE : Arm.STABLE, weight, random.nextDouble() < wrong ? 1 : 0, i);
    }

    private static RolloutInput.SingleOutcome outcome(Arm arm, double weight, double loss, int i) {
        return new RolloutInput.SingleOutcome(Scene.START, Scene.START, "u" + i, arm, weight, loss);
    }

    @Test
    void theEstimatesMeanIsTheDifferenceAtAnyWeight() {
        for (double weight : new double[] {5, 30, 50, 90}) {
            // when
            SplittableRandom random = new SplittableRandom(1);
            double sum = 0;
            for (int i = 0; i < 400_000; i++) {
                RolloutInput.SingleOutcome one = outcome(random, weight, .04, i);
                assertThat(one.gain()).isBetween(one.lowest(), one.highest());
                sum += one.gain();
            }
            // then: three standard errors
            double variance = 100 * STABLE_WRONG / weight + 100 * STABLE_WRONG / (100 - weight);
            assertThat(sum / 400_000).isEqualTo(.04, within(3 * Math.sqrt(variance / 400_000)));
        }
    }

    @Test
    void equalVersionsAreCalledDifferentWithinTheBudgetWhileTheWeightRises() {
        // when
        int superior = 0;
        int harmful = 0;
        int notInferior = 0;
        for (int seed = 0; seed < 400; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            PairedEvidence equal = PairedEvidence.start(.01);
            PairedEvidence pointWorse = PairedEvidence.start(.01);
            double harm = 0;
            double proof = 0;
            for (int i = 0; i < 3_000; i++) {
                double weight = i < 1_000 ? 5 : i < 2_000 ? 25 : 50;
                equal = equal.observe(outcome(random, weight, 0, i));
                pointWorse = pointWorse.observe(outcome(random, weight, -.01, i));
                harm = Math.max(harm, equal.harm().logE());
                proof = Math.max(proof, pointWorse.nonInferiority().logE());
            }
            superior += equal.highestSuperiorityLogE() >= LOG_TWENTY ? 1 : 0;
            harmful += harm >= LOG_TWENTY ? 1 : 0;
            notInferior += proof >= LOG_TWENTY ? 1 : 0;
        }

        // then: two standard deviations above the budget at most
        assertThat(superior).isLessThanOrEqualTo(20 + 9);
        assertThat(harmful).isLessThanOrEqualTo(20 + 9);
        assertThat(notInferior).isLessThanOrEqualTo(20 + 9);
    }

    @Test
    void aBetterCandidatePassesAndAWorseOneGoesBackOnThemAlone() {
        // when
        long[] passed = new long[51];
        for (int seed = 0; seed < passed.length; seed++) {
            passed[seed] = decided(seed, .04, RolloutState.Watching.class);
            assertThat(decided(seed, -.06, RolloutState.RolledBack.class)).isLessThan(20_000);
        }
        Arrays.sort(passed);

        // then
        assertThat(passed[25]).isBetween(500L, 6_000L);
    }

    /** After how many labels a rollout at equal weights is in this state. */
    private static long decided(int seed, double better, Class<? extends RolloutState> state) {
        Scene scene = new Scene(seed, Scene.plan(Decision.on("accuracy"), new Step.AbTest(50, Duration.ofMinutes(5))));
        for (int i = 0; i < 30_000; i++) {
            if (state.isInstance(scene.rollout.state())) {
                return i;
            }
            scene.request(0, 0, false);
            RolloutInput.SingleOutcome one = outcome(scene.random, 50, better, i);
            scene.say(new RolloutInput.SingleOutcome(
                    scene.time, scene.time, one.unitId(), one.arm(), one.weightPercent(), one.loss()));
        }
        return Long.MAX_VALUE;
    }

    @Test
    void theReasonSaysWhatEachSideLost() {
        // given
        Scene scene = new Scene(3, Scene.plan(Decision.on("accuracy"), new Step.AbTest(50, Duration.ofMinutes(5))));

        for (int i = 0; i < 50; i++) {
            scene.request(0, 0, false);
        }

        // when
        scene.say(outcome(Arm.CANDIDATE, 50, 1, 1));
        scene.say(outcome(Arm.CANDIDATE, 50, 0, 2));
        scene.say(outcome(Arm.STABLE, 50, 0, 3));

        // then
        assertThat(RolloutProcess.judge(scene.rollout).reason())
                .startsWith("mean loss 0.5000 of the candidate on 2 labels, 0 of the champion on 1 others");
    }

    @Test
    void aPairEndsThemAndAfterAPairNoneCounts() {
        // given
        PairedEvidence singles = PairedEvidence.start(.02)
                .observe(outcome(Arm.STABLE, 50, 1, 1))
                .observe(outcome(Arm.CANDIDATE, 50, 1, 2));

        // when
        PairedEvidence paired = singles.observe(1).observe(outcome(Arm.STABLE, 50, 1, 3));

        // then
        assertThat(singles.labels()).isEqualTo(2);
        assertThat(paired).isEqualTo(PairedEvidence.start(.02).observe(1));
        assertThat(singles.and(paired)).isEqualTo(paired);
        assertThat(paired.and(singles)).isEqualTo(paired);
    }

    @Test
    void gatheredApartTheySayTheSame() {
        // given
        SplittableRandom random = new SplittableRandom(9);
        PairedEvidence[] parts = {PairedEvidence.start(.01), PairedEvidence.start(.01)};
        PairedEvidence whole = PairedEvidence.start(.01);

        // when
        for (int i = 0; i < 1_000; i++) {
            RolloutInput.SingleOutcome one = outcome(random, 20, .05, i);
            parts[i % 2] = parts[i % 2].observe(one);
            whole = whole.observe(one);
        }
        PairedEvidence together = parts[0].and(parts[1]);

        // then
        assertThat(together.labels()).isEqualTo(whole.labels());
        assertThat(together.singles().candidate().count())
                .isEqualTo(whole.singles().candidate().count());
        assertThat(together.superiority().logE()).isEqualTo(whole.superiority().logE(), within(1e-9));
        assertThat(together.harm().logE()).isEqualTo(whole.harm().logE(), within(1e-9));
    }

    @Test
    void aUnitCountsOnceAndLateLabelsWaitForTheirHorizon() {
        // given
        Duration horizon = Duration.ofHours(16);
        Scene scene = new Scene(
                1,
                Scene.plan(Decision.on("accuracy").withLabels(horizon, 0), new Step.AbTest(50, Duration.ofMinutes(5))));
        Instant requested = scene.time;
        scene.request(0, 0, false);

        // when
        scene.say(new RolloutInput.SingleOutcome(requested, requested, "ada", Arm.STABLE, 50, 1));
        scene.say(new RolloutInput.SingleOutcome(requested, requested, "ada", Arm.STABLE, 50, 1));
        long early = scene.rollout.evidence().labels().pairs().labels();
        scene.tick(horizon.plusHours(1));

        // then
        assertThat(early).isZero();
        assertThat(scene.rollout.evidence().labels().pairs().labels()).isEqualTo(1);
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> outcome(Arm.STABLE, 0, 1, 1)).hasMessageContaining("weightPercent: 0.0 is not inside");
        assertThatThrownBy(() -> outcome(Arm.STABLE, 100, 1, 1)).hasMessageContaining("weightPercent: 100.0");
        assertThatThrownBy(() -> outcome(Arm.STABLE, 50, 1.5, 1)).hasMessageContaining("loss: 1.5 is not within");
        assertThatThrownBy(() -> outcome(Arm.STABLE, 50, Double.NaN, 1)).hasMessageContaining("loss: NaN");
    }
}
