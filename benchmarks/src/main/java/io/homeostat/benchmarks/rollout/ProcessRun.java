package io.homeostat.benchmarks.rollout;

import io.homeostat.rollout.guardrail.Computation;
import io.homeostat.rollout.guardrail.Guardrail;
import io.homeostat.rollout.lifecycle.Rollout;
import io.homeostat.rollout.lifecycle.RolloutInput;
import io.homeostat.rollout.lifecycle.RolloutProcess;
import io.homeostat.rollout.lifecycle.RolloutState;
import io.homeostat.rollout.lifecycle.VersionRef;
import io.homeostat.rollout.plan.Decision;
import io.homeostat.rollout.plan.Policies;
import io.homeostat.rollout.plan.Reaction;
import io.homeostat.rollout.plan.RolloutPlan;
import io.homeostat.rollout.plan.Step;
import io.homeostat.rollout.routing.Arm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The rollout process itself on simulated traffic, judged at every request and every label. */
final class ProcessRun {
    private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");

    private final SimulatedTraffic traffic;
    private final boolean shadowed;
    private Rollout rollout;

    /**
     * @param shadowed whether the side that does not answer computes every request as well
     * @param careful whether late labels wait for their horizon and each unit counts once
     */
    ProcessRun(SimulatedTraffic traffic, String salt, boolean shadowed, boolean careful) {
        this.traffic = traffic;
        this.shadowed = shadowed;
        rollout = Rollout.start(
                salt,
                "model",
                salt,
                new VersionRef("v1", "1"),
                new VersionRef("v2", "2"),
                plan(traffic, careful),
                START);
    }

    private static RolloutPlan plan(SimulatedTraffic traffic, boolean careful) {
        Duration whole = SimulatedTraffic.BETWEEN.multipliedBy(traffic.requests);
        Duration quarter = whole.dividedBy(4);
        List<Step> steps = new ArrayList<>();
        if (traffic.kind.ramp()) {
            steps.add(new Step.Shadow(quarter));
            steps.add(new Step.Canary(5, quarter));
            steps.add(new Step.Canary(25, quarter));
        }
        steps.add(new Step.AbTest(50, SimulatedTraffic.BETWEEN));
        return new RolloutPlan(
                steps,
                List.of(
                        Guardrail.errors("errorRate", 0),
                        Guardrail.slow("latencyP99", Duration.ofMillis((long) SimulatedTraffic.SLOW_MILLIS), 0)),
                decision(traffic.kind, careful, whole.multipliedBy(2)),
                List.of(),
                Duration.ofDays(1),
                1,
                0);
    }

    private static Decision decision(TrafficCase kind, boolean careful, Duration deadline) {
        return new Decision(
                "accuracy",
                Decision.Goal.SUPERIOR,
                .01,
                .05,
                careful ? Decision.Counting.ONCE_PER_UNIT : Decision.Counting.EVERY_REQUEST,
                careful && kind.late() ? Duration.ofDays(1) : Duration.ZERO,
                0,
                Policies.within(deadline, Reaction.HOLD));
    }

    Outcome run() {
        for (int i = 0; i < traffic.requests; i++) {
            Instant at = at(i);
            tell(exposure(i, at));
            for (int j = traffic.firstLabelAt(i); j >= 0; j = traffic.nextLabelAfter(j)) {
                label(at, j);
            }
            if (rollout.state() instanceof RolloutState.RolledBack) {
                return Outcome.ROLLED_BACK;
            }
            if (rollout.state() instanceof RolloutState.Watching) {
                return Outcome.PROMOTED;
            }
        }
        return Outcome.UNDECIDED;
    }

    private void label(Instant at, int j) {
        if (!traffic.kind.alone()) {
            tell(new RolloutInput.PairedOutcome(at, at(j), traffic.unitId(j), traffic.difference(j), null));
        } else if (traffic.weight[j] > 0) {
            double loss = traffic.wrong[traffic.arm[j] == Arm.CANDIDATE ? 1 : 0][j] ? 1 : 0;
            tell(new RolloutInput.SingleOutcome(at, at(j), traffic.unitId(j), traffic.arm[j], traffic.weight[j], loss));
        }
    }

    private void tell(RolloutInput input) {
        rollout = RolloutProcess.apply(rollout, input).next();
    }

    private RolloutInput.Exposure exposure(int i, Instant at) {
        int own = traffic.arm[i] == Arm.CANDIDATE ? 1 : 0;
        boolean both = !traffic.kind.alone() && (shadowed || traffic.weight[i] == 0);
        return new RolloutInput.Exposure(
                at,
                traffic.unitId(i),
                traffic.arm[i],
                traffic.weight[i],
                computed(own, i),
                both ? computed(1 - own, i) : null);
    }

    private static Instant at(int i) {
        return START.plus(SimulatedTraffic.BETWEEN.multipliedBy(i));
    }

    private Computation computed(int version, int i) {
        return new Computation(traffic.failed[version][i], traffic.millis[version][i]);
    }
}
