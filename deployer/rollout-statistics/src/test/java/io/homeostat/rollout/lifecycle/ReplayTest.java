package io.homeostat.rollout.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.rollout.lifecycle.RolloutDecision.Action;
import io.homeostat.rollout.lifecycle.RolloutInput.Command.Kind;
import io.homeostat.rollout.plan.Decision;
import io.homeostat.rollout.plan.Policies;
import io.homeostat.rollout.plan.Reaction;
import io.homeostat.rollout.plan.RolloutPlan;
import io.homeostat.rollout.plan.Step;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Rollouts with traffic, people and accidents at random: what must always hold. */
class ReplayTest {
    private static final Duration HOLD = Duration.ofMinutes(5);
    private static final int SEEDS = 150;

    private static Scene lived(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Scene scene = new Scene(seed, plan(random));
        double[] better = {.01, .03, .10};
        double up = better[random.nextInt(3)];
        double down = better[random.nextInt(3)];
        for (int i = 0; i < 60; i++) {
            double failing = random.nextInt(12) == 0 ? .9 : .01;
            for (int j = 0; j < 40; j++) {
                scene.request(failing, failing, random.nextBoolean());
                scene.pair(up, down);
            }
            if (random.nextInt(8) == 0) {
                scene.command(Kind.values()[random.nextInt(3)]);
            }
            if (random.nextInt(20) == 0) {
                scene.tick(Duration.ofHours(random.nextInt(9)));
            }
        }
        if (random.nextBoolean()) {
            scene.say(new RolloutInput.Superseded(scene.time, "v3"));
        }
        scene.command(random.nextBoolean() ? Kind.ROLLBACK : Kind.ABORT);
        return scene;
    }

    private static RolloutPlan plan(SplittableRandom random) {
        Reaction late = Reaction.values()[random.nextInt(4)];
        Decision decision = Decision.on("accuracy").with(Policies.within(Duration.ofHours(6), late));
        return random.nextBoolean()
                ? Scene.plan(decision, new Step.Shadow(HOLD), new Step.Canary(10, HOLD), new Step.AbTest(50, HOLD))
                : Scene.plan(
                        decision,
                        new Step.Pause(null),
                        new Step.Switch(HOLD),
                        new Step.Bake(HOLD),
                        new Step.Approval(HOLD));
    }

    @Test
    void everyDecisionIsMadeAgainFromWhatWasRecorded() {
        Set<Action> seen = EnumSet.noneOf(Action.class);
        for (int seed = 0; seed < SEEDS; seed++) {
            Scene scene = lived(seed);
            for (RolloutDecision decision : scene.decisions) {
                assertThat(RolloutProcess.replay(scene.rollout.plan(), decision))
                        .contains(decision);
                seen.add(decision.action());
            }
        }
        assertThat(seen).isEqualTo(EnumSet.allOf(Action.class));
    }

    @Test
    void otherNumbersGiveAnotherDecision() {
        // given
        Scene scene = new Scene(1, Scene.threeSteps());
        scene.traffic(20_000, .02, .2);
        RolloutDecision rollback = scene.last();
        Map<String, Double> harmless = new TreeMap<>(rollback.inputs());

        // when
        harmless.put("harmLogE", 0.0);

        // then
        assertThat(rollback.action()).isEqualTo(Action.ROLLBACK);
        assertThat(RolloutProcess.replay(scene.rollout.plan(), with(rollback, harmless)))
                .isEmpty();
        harmless.remove("harmLogE");
        assertThatThrownBy(() -> RolloutProcess.replay(scene.rollout.plan(), with(rollback, harmless)))
                .hasMessageContaining("inputs.harmLogE: is missing");
    }

    private static RolloutDecision with(RolloutDecision d, Map<String, Double> inputs) {
        return new RolloutDecision(
                d.time(),
                d.from(),
                d.to(),
                d.action(),
                d.weightPercent(),
                d.verdict(),
                d.cause(),
                d.times(),
                inputs,
                d.reason());
    }

    @Test
    void theWeightRisesOnlyByAStepOrAPromotionAndNeverOnTheWayOut() {
        for (int seed = 0; seed < SEEDS; seed++) {
            for (RolloutDecision decision : lived(seed).decisions) {
                double before = decision.from().weightPercent();
                double after = decision.to().weightPercent();
                assertThat(decision.weightPercent()).isEqualTo(after);
                switch (decision.action()) {
                    case ADVANCE, PROMOTE -> assertThat(after).isGreaterThanOrEqualTo(before);
                    case ROLLBACK -> assertThat(after).isZero();
                    case HOLD, RESUME, FINISH, REFUSE -> assertThat(after).isEqualTo(before);
                }
            }
        }
    }

    @Test
    void nothingFollowsAnEnd() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Scene scene = lived(seed);
            boolean ended = false;
            for (RolloutDecision decision : scene.decisions) {
                assertThat(ended && decision.action() != Action.REFUSE).isFalse();
                ended |= !(decision.to() instanceof RolloutState.Active);
            }
        }
    }
}
