package io.homeostat.rollout.lifecycle;

import io.homeostat.rollout.guardrail.Computation;
import io.homeostat.rollout.guardrail.Guardrail;
import io.homeostat.rollout.plan.Decision;
import io.homeostat.rollout.plan.FreezeWindow;
import io.homeostat.rollout.plan.Policies;
import io.homeostat.rollout.plan.Reaction;
import io.homeostat.rollout.plan.RolloutPlan;
import io.homeostat.rollout.plan.Step;
import io.homeostat.rollout.routing.Arm;
import io.homeostat.rollout.routing.ArmChoice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A simulated model with traffic of a second per request, driving one rollout. */
final class Scene {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration HOLD = Duration.ofMinutes(5);

    final SplittableRandom random;
    final List<RolloutDecision> decisions = new ArrayList<>();
    final List<RolloutInput> inputs = new ArrayList<>();
    Rollout rollout;
    Instant time = START;
    int request;
    int labels;

    Scene(long seed, RolloutPlan plan) {
        random = new SplittableRandom(seed);
        rollout = Rollout.start(
                "r" + seed,
                "loans",
                "salt" + seed,
                new VersionRef("v1", "aa"),
                new VersionRef("v2", "bb"),
                plan,
                START);
    }

    static RolloutPlan plan(Reaction onDeadline, Step... steps) {
        return plan(Decision.on("accuracy").with(Policies.within(Duration.ofHours(6), onDeadline)), steps);
    }

    static RolloutPlan plan(Decision decision, Step... steps) {
        return plan(decision, List.of(), steps);
    }

    static RolloutPlan plan(Decision decision, List<FreezeWindow> freezes, Step... steps) {
        return new RolloutPlan(
                List.of(steps),
                List.of(Guardrail.errors("errorRate", 0)),
                decision,
                freezes,
                Duration.ofHours(1),
                20,
                0);
    }

    static RolloutPlan threeSteps() {
        return plan(Reaction.HOLD, new Step.Shadow(HOLD), new Step.Canary(10, HOLD), new Step.AbTest(50, HOLD));
    }

    static RolloutPlan canaryOnly(double weight) {
        return plan(Reaction.HOLD, new Step.Canary(weight, HOLD));
    }

    void say(RolloutInput input) {
        inputs.add(input);
        RolloutStep step = RolloutProcess.apply(rollout, input);
        rollout = step.next();
        decisions.addAll(step.decisions());
    }

    void command(RolloutInput.Command.Kind kind) {
        say(new RolloutInput.Command(time, kind, "ann", "because"));
    }

    void tick(Duration later) {
        time = time.plus(later);
        say(new RolloutInput.Tick(time));
    }

    /** One request; with a rate below zero the other side does not compute it. */
    void request(double stableFailures, double candidateFailures, boolean shadow) {
        time = time.plusSeconds(1);
        String unit = "unit" + request++;
        Arm arm = new ArmChoice(rollout.salt(), rollout.weightPercent()).armOf(unit);
        boolean stableFails = random.nextDouble() < stableFailures;
        boolean candidateFails = random.nextDouble() < candidateFailures;
        Computation stable = new Computation(stableFails, 1);
        Computation candidate = new Computation(candidateFails, 1);
        say(new RolloutInput.Exposure(
                time,
                unit,
                arm,
                rollout.weightPercent(),
                arm == Arm.STABLE ? stable : candidate,
                shadow ? (arm == Arm.STABLE ? candidate : stable) : null));
    }

    void pair(double better, double worse) {
        double draw = random.nextDouble();
        label("labelled" + labels++, time, draw < better ? 1 : draw < better + worse ? -1 : 0, null);
    }

    void label(String unit, Instant requested, double difference, @Nullable Double stableLoss) {
        say(new RolloutInput.PairedOutcome(time, requested, unit, difference, stableLoss));
    }

    void traffic(int requests, double better, double worse) {
        for (int i = 0; i < requests && !rollout.ended(); i++) {
            request(.01, .01, true);
            pair(better, worse);
        }
    }

    RolloutDecision last() {
        return decisions.get(decisions.size() - 1);
    }
}
