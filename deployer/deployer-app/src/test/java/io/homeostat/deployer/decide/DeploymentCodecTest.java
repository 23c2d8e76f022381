package io.homeostat.deployer.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.homeostat.backbone.event.CandidateEvent;
import io.homeostat.backbone.event.Route.Target;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.deployer.admit.PlanMapping;
import io.homeostat.deployer.testing.World;
import io.homeostat.rollout.guardrail.Computation;
import io.homeostat.rollout.lifecycle.Rollout;
import io.homeostat.rollout.lifecycle.RolloutInput;
import io.homeostat.rollout.lifecycle.RolloutProcess;
import io.homeostat.rollout.lifecycle.RolloutState;
import io.homeostat.rollout.plan.RolloutPlan;
import io.homeostat.rollout.routing.Arm;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DeploymentCodecTest {
    private static final DeploymentCodec CODEC = new DeploymentCodec();
    private static final ModelSpec SPEC = ModelSpec.read("""
            model: loans
            task: binary
            features: {salary: numeric}
            rollout:
              steps: [shadow: 1h, pause: 1h, canary: 5%, bake: 1h, approval: 1d, switch: 1h]
              guardrails: {errorRate: {worseByAtMost: 1%, prove: true}, latencyP99: {}, latencyP50: {atMost: 9ms}}
              decide: {objective: auc, labels: {olderThan: 4h, coverage: 10%}, verdicts: {error: {after: 1h}}}
              freeze:
                - {days: [fri], from: "16:00", to: "24:00", zone: Europe/Berlin}
                - {from: 2026-12-24T00:00:00Z, to: 2027-01-02T00:00:00Z}
              minRequests: 1
            """.getBytes(StandardCharsets.UTF_8));

    @Test
    void everythingThatARolloutKeepsComesBackExactly() {
        // given
        Deployment deployment = deployment(lived());

        // when
        Deployment again = CODEC.decode(CODEC.encode(deployment));

        // then
        assertThat(again).isEqualTo(deployment);
        Rollout rollout = again.underway().rollout();
        assertThat(rollout.evidence().labels().maturing().slices()).isNotEmpty();
        assertThat(rollout.evidence().traffic().ratio().units().size()).isPositive();
        assertThat(rollout.state()).isEqualTo(new RolloutState.Waiting(4, 5, "approval"));
    }

    @Test
    void aRolloutOfAnotherReleaseIsLostAndAllElseIsKept() throws Exception {
        // given
        Target champion =
                new Target("v1", World.candidate("r-1", "v1", World.START).artifact());
        Deployment deployment = deployment(lived()).withChampion(champion).seenCommand("c-1");
        ObjectNode stored = (ObjectNode) Json.mapper().readTree(CODEC.encode(deployment));
        ((ObjectNode) stored.at("/underway/rollout")).put("plan", "another form");

        // when
        Deployment again = CODEC.decode(Json.bytes(stored));

        // then
        assertThat(again.underway()).isNull();
        assertThat(again.champion()).isEqualTo(champion);
        assertThat(again.commands()).isEqualTo(deployment.commands());
        assertThat(again.lost())
                .returns("r-2", LostRollout::rolloutId)
                .returns("v2", LostRollout::candidateVersion)
                .returns("v1", LostRollout::championVersion);
        assertThat(again.lost().reason()).contains("the rollout of v2 was stored by another release");
        assertThat(CODEC.decode(CODEC.encode(again))).isEqualTo(again);
    }

    @Test
    void whatIsNoDeploymentAtAllIsAnError() {
        assertThatThrownBy(() -> CODEC.decode("{\"champion\":7}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("a stored deployment cannot be read");
    }

    private static Rollout lived() {
        RolloutPlan plan = PlanMapping.plan(SPEC, null);
        Rollout rollout = start(plan).rollout();
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 600; i++) {
            Instant at = World.START.plusSeconds(20L * i);
            Computation answer = new Computation(random.nextDouble() < .01, 10 * random.nextDouble());
            Computation other = new Computation(random.nextDouble() < .01, 10 * random.nextDouble());
            Arm arm = i % 20 == 0 && rollout.weightPercent() > 0 ? Arm.CANDIDATE : Arm.STABLE;
            String unit = "u" + i;
            rollout = told(rollout, new RolloutInput.Exposure(at, unit, arm, rollout.weightPercent(), answer, other));
            rollout = told(rollout, new RolloutInput.LabelSeen(at, at, arm));
            rollout = told(rollout, new RolloutInput.PairedOutcome(at, at, unit, random.nextInt(3) - 1, .25));
        }
        return rollout;
    }

    private static Rollout told(Rollout rollout, RolloutInput input) {
        return RolloutProcess.apply(rollout, input).next();
    }

    private static Underway start(RolloutPlan plan) {
        CandidateEvent event = World.candidate("r-2", "v2", World.START);
        return Underway.start(
                event,
                SPEC,
                plan,
                new Target("v1", World.candidate("r-1", "v1", World.START).artifact()),
                World.START);
    }

    private static Deployment deployment(Rollout rollout) {
        return Deployment.none("loans").withUnderway(start(rollout.plan()).with(rollout));
    }
}
