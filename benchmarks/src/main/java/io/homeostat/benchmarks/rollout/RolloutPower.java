package io.homeostat.benchmarks.rollout;

import io.homeostat.benchmarks.harness.Benchmark;
import io.homeostat.benchmarks.harness.Figures;
import io.homeostat.benchmarks.harness.Sample;
import io.homeostat.benchmarks.harness.Table;
import io.homeostat.rollout.guardrail.Computation;
import io.homeostat.rollout.guardrail.Guardrail;
import io.homeostat.rollout.lifecycle.Rollout;
import io.homeostat.rollout.lifecycle.RolloutInput;
import io.homeostat.rollout.lifecycle.RolloutProcess;
import io.homeostat.rollout.lifecycle.RolloutState;
import io.homeostat.rollout.lifecycle.VersionRef;
import io.homeostat.rollout.plan.Decision;
import io.homeostat.rollout.plan.RolloutPlan;
import io.homeostat.rollout.plan.Step;
import io.homeostat.rollout.routing.Arm;
import io.homeostat.rollout.routing.ArmChoice;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * How soon the rollout process is right: labels until an equal or better candidate is shown not to be inferior by a point,
 * labels until a worse one is taken back, requests until one that fails more often is. Accuracy .90, on 6 % of the
 * requests exactly one of the two versions is right; the error budget is 5 %.
 */
public final class RolloutPower implements Benchmark {
    private static final int SEEDS = 2001;
    private static final int MOST = 200_000;
    private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final double DISCORDANT = .06;
    private static final double STABLE_WRONG = .1;
    private static final double STABLE_FAILS = .01;
    private static final double CANDIDATE_FAILS = .05;

    private static final Guardrail NO_MORE_ERRORS = Guardrail.errors("errorRate", 0);
    private static final Guardrail ERRORS = Guardrail.errors("errorRate", .005);
    private static final Guardrail SLOW = Guardrail.slow("latencyP99", Duration.ofMillis(50), .005);
    /** Nothing but labels decides. */
    private static final RolloutPlan LABELS = plan(List.of(new Step.AbTest(50, SOON)), List.of(), "accuracy");
    /** Nothing but failures stops it; a person promotes. */
    private static final RolloutPlan FAILURES =
            plan(List.of(new Step.Canary(5, DAY), new Step.Approval(DAY)), List.of(NO_MORE_ERRORS), null);
    /** The same, allowing half a point more failures. */
    private static final RolloutPlan ALLOWED =
            plan(List.of(new Step.Canary(5, DAY), new Step.Approval(DAY)), List.of(ERRORS), null);
    /** Labels, failures and slow requests share the budget for harm. */
    private static final RolloutPlan ALL = plan(List.of(new Step.Canary(5, SOON)), List.of(ERRORS, SLOW), "accuracy");

    private final Table table = new Table(SEEDS + " rollouts", "median (95 %)", "target");
    private final Figures figures = new Figures();

    private static RolloutPlan plan(List<Step> steps, List<Guardrail> guardrails, @Nullable String objective) {
        return new RolloutPlan(steps, guardrails, Decision.on(objective), List.of(), DAY, 1, 0);
    }

    @Override
    public Figures run() {
        measure("labelsEqual", "labels until an equal version is not inferior", "5,100", s -> labels(LABELS, s, 0));
        measure("labelsPlus1", "… one that is a point better", "1,050", s -> labels(LABELS, s, .01));
        measure(
                "labelsMinus3",
                "labels until one three points worse is taken back",
                "400",
                s -> labels(LABELS, s, -.03));
        measure(
                "labelsAloneEqual",
                "labels of one side each until an equal version is not inferior",
                "",
                s -> alone(s, 0));
        measure("labelsAlonePlus1", "… one that is a point better", "", s -> alone(s, .01));
        measure("labelsAloneMinus3", "… until one three points worse is taken back", "", s -> alone(s, -.03));
        measure("labelsMinus3Shared", "… with two guardrails sharing the budget", "", s -> labels(ALL, s, -.03));
        measure(
                "requests1to5",
                "requests until 1 % → 5 % failures are taken back at 5 %",
                "2,300",
                s -> requests(FAILURES, s, false));
        measure("requests1to5Allowed", "… allowing half a point", "", s -> requests(ALLOWED, s, false));
        measure("requests1to5Shared", "… with labels and latency sharing the budget", "", s -> requests(ALL, s, false));
        measure("requests1to5Shadowed", "… and both versions computing every request", "", s -> requests(ALL, s, true));
        System.out.println("\n" + table);
        return figures;
    }

    private void measure(String key, String what, String target, ToLongFunction<Long> until) {
        double[] found = new double[SEEDS];
        Arrays.setAll(found, seed -> until.applyAsLong((long) seed));
        Sample sample = new Sample(found);
        System.out.println("… " + key + " " + sample.medianText());
        table.row(what, sample.medianText(), target);
        figures.add(key, sample.median());
    }

    private static Rollout start(RolloutPlan plan, long seed) {
        String id = "power-" + seed;
        return Rollout.start(id, "model", id, new VersionRef("v1", "1"), new VersionRef("v2", "2"), plan, START);
    }

    private static boolean decided(Rollout rollout) {
        return rollout.ended() || rollout.state() instanceof RolloutState.Watching;
    }

    /** Requests that both compute, each with its label. */
    private static long labels(RolloutPlan plan, long seed, double better) {
        SplittableRandom random = new SplittableRandom(seed);
        Rollout rollout = start(plan, seed);
        Instant at = START.plusSeconds(2);
        double up = (DISCORDANT + better) / 2;
        long labels = 0;
        while (!decided(rollout) && labels < MOST) {
            String unit = "unit-" + labels++;
            rollout = RolloutProcess.apply(rollout, exposure(at, rollout, unit, false, false, true))
                    .next();
            double draw = random.nextDouble();
            int difference = draw < up ? 1 : draw < DISCORDANT ? -1 : 0;
            rollout = RolloutProcess.apply(rollout, new RolloutInput.PairedOutcome(at, at, unit, difference, null))
                    .next();
        }
        return labels;
    }

    /** Requests that one side computes, half of them each, all with their label. */
    private static long alone(long seed, double better) {
        SplittableRandom random = new SplittableRandom(seed);
        Rollout rollout = start(LABELS, seed);
        Instant at = START.plusSeconds(2);
        long labels = 0;
        while (!decided(rollout) && labels < MOST) {
            String unit = "unit-" + labels++;
            RolloutInput.Exposure exposure = exposure(at, rollout, unit, false, false, false);
            rollout = RolloutProcess.apply(rollout, exposure).next();
            double wrong = STABLE_WRONG - (exposure.arm() == Arm.CANDIDATE ? better : 0);
            double loss = random.nextDouble() < wrong ? 1 : 0;
            rollout = RolloutProcess.apply(
                            rollout,
                            new RolloutInput.SingleOutcome(
                                    at, at, unit, exposure.arm(), exposure.weightPercent(), loss))
                    .next();
        }
        return labels;
    }

    /** Requests without labels. */
    private static long requests(RolloutPlan plan, long seed, boolean shadowed) {
        SplittableRandom random = new SplittableRandom(seed);
        Rollout rollout = start(plan, seed);
        long requests = 0;
        while (!decided(rollout) && requests < MOST) {
            boolean stableFails = random.nextDouble() < STABLE_FAILS;
            boolean candidateFails = random.nextDouble() < CANDIDATE_FAILS;
            RolloutInput.Exposure exposure =
                    exposure(START, rollout, "unit-" + requests++, stableFails, candidateFails, shadowed);
            rollout = RolloutProcess.apply(rollout, exposure).next();
        }
        return requests;
    }

    private static RolloutInput.Exposure exposure(
            Instant at, Rollout rollout, String unit, boolean stableFails, boolean candidateFails, boolean shadowed) {
        Arm arm = new ArmChoice(rollout.salt(), rollout.weightPercent()).armOf(unit);
        Computation stable = new Computation(stableFails, 1);
        Computation candidate = new Computation(candidateFails, 1);
        boolean toCandidate = arm == Arm.CANDIDATE;
        return new RolloutInput.Exposure(
                at,
                unit,
                arm,
                rollout.weightPercent(),
                toCandidate ? candidate : stable,
                shadowed ? (toCandidate ? stable : candidate) : null);
    }
}
