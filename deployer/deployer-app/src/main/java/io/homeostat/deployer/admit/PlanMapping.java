package io.homeostat.deployer.admit;

import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.backbone.spec.Metrics;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.spec.RolloutSpec;
import io.homeostat.backbone.spec.Share;
import io.homeostat.rollout.guardrail.Guardrail;
import io.homeostat.rollout.plan.Decision;
import io.homeostat.rollout.plan.RolloutPlan;
import io.homeostat.rollout.plan.Step;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes the plan of a rollout from what the model's spec says. */
public final class PlanMapping {
    /**
     * A difference of losses is divided by this many mean losses of the champion before it is clipped to [-1, 1]; a
     * margin is divided likewise, so that 1 % always means 1 % of the champion's mean loss.
     */
    public static final double MEAN_LOSSES_PER_UNIT = 4;

    private PlanMapping() {}

    /**
     * The plan.
     *
     * @param spec of the model
     * @param steps in place of the spec's
     * @throws InvalidValueException if no rollout can follow it
     */
    public static RolloutPlan plan(ModelSpec spec, @Nullable List<RolloutSpec.Step> steps) {
        RolloutSpec rollout = spec.rollout();
        try {
            return new RolloutPlan(
                    (steps == null ? rollout.steps() : steps)
                            .stream().map(PlanMapping::step).toList(),
                    guardrails(rollout.guardrails()),
                    decision(spec),
                    rollout.watchAfterPromotion().value(),
                    rollout.minRequests(),
                    0);
        } catch (InvalidValueException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException("", String.valueOf(e.getMessage()));
        }
    }

    /** The metric that decides. */
    public static String objective(ModelSpec spec) {
        String named = spec.rollout().decide().objective();
        return named == null ? Metrics.of(spec.task()).get(0) : named;
    }

    private static Step step(RolloutSpec.Step step) {
        if (step.canary() != null) {
            return new Step.Canary(step.canary().percent(), step.atLeast());
        }
        return step.ab() == null
                ? new Step.Shadow(step.atLeast())
                : new Step.AbTest(step.ab().percent(), step.atLeast());
    }

    private static List<Guardrail> guardrails(Map<String, RolloutSpec.Guardrail> guardrails) {
        return new TreeMap<>(guardrails)
                .entrySet().stream()
                        .map(e -> guardrail(e.getKey(), e.getValue()))
                        .toList();
    }

    private static Guardrail guardrail(String name, RolloutSpec.Guardrail rail) {
        Share worse = rail.worseByAtMost();
        double allowed = worse == null ? 0 : worse.value();
        if (name.equals(RolloutSpec.ERROR_RATE)) {
            return Guardrail.errors(name, allowed);
        }
        if (rail.atMost() == null) {
            throw new InvalidValueException(
                    "rollout.guardrails." + name + ".atMost",
                    "is missing; say above which time a request is slow: 50ms");
        }
        // of a 99th percentile one request in a hundred may be slower: what counts is whether more are than the
        // champion's
        return Guardrail.slow(name, rail.atMost().value(), allowed);
    }

    private static Decision decision(ModelSpec spec) {
        RolloutSpec.Decide decide = spec.rollout().decide();
        String objective = objective(spec);
        double unit = isCorrectness(objective) ? 1 : MEAN_LOSSES_PER_UNIT;
        return new Decision(
                objective,
                decide.margin().value() / unit,
                decide.errorBudget().value(),
                decide.deadline().value(),
                switch (decide.onDeadline()) {
                    case HOLD -> Decision.OnDeadline.HOLD;
                    case PROMOTE -> Decision.OnDeadline.PROMOTE;
                    case LEADER -> Decision.OnDeadline.LEADER;
                    case ROLLBACK -> Decision.OnDeadline.ROLLBACK;
                });
    }

    /** Whether live outcomes are judged as right or wrong; also for AUC, which one request alone does not have. */
    public static boolean isCorrectness(String objective) {
        return objective.equals(Metrics.ACCURACY) || objective.equals(Metrics.AUC);
    }
}
