package io.homeostat.deployer.admit;

import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.backbone.spec.FreezeSpec;
import io.homeostat.backbone.spec.Metrics;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.spec.Period;
import io.homeostat.backbone.spec.RolloutSpec;
import io.homeostat.backbone.spec.Share;
import io.homeostat.rollout.guardrail.Guardrail;
import io.homeostat.rollout.guardrail.Violation;
import io.homeostat.rollout.plan.Decision;
import io.homeostat.rollout.plan.FreezeWindow;
import io.homeostat.rollout.plan.Policies;
import io.homeostat.rollout.plan.Reaction;
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
                    rollout.freeze().stream().map(PlanMapping::freeze).toList(),
                    rollout.watchAfterPromotion().value(),
                    rollout.minRequests(),
                    0);
        } catch (InvalidValueException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException("", String.valueOf(e.getMessage()));
        }
    }

    /** The metric that live outcomes are compared by; of a model without an objective, its task's first. */
    public static String objective(ModelSpec spec) {
        String named = spec.rollout().decide().objective();
        return named == null || named.equals(RolloutSpec.NO_OBJECTIVE)
                ? Metrics.of(spec.task()).get(0)
                : named;
    }

    private static Step step(RolloutSpec.Step step) {
        if (step.shadow() != null) {
            return new Step.Shadow(step.shadow().value());
        }
        if (step.canary() != null) {
            return new Step.Canary(step.canary().percent(), step.atLeast());
        }
        if (step.ab() != null) {
            return new Step.AbTest(step.ab().percent(), step.atLeast());
        }
        if (step.all() != null) {
            return new Step.Switch(step.all().value());
        }
        return step.bake() != null ? new Step.Bake(step.bake().value()) : waiting(step);
    }

    private static Step waiting(RolloutSpec.Step step) {
        if (step.approval() != null) {
            return new Step.Approval(step.approval().value());
        }
        Period length = step.pause() == null ? null : step.pause().length();
        return new Step.Pause(length == null ? null : length.value());
    }

    private static List<Guardrail> guardrails(Map<String, RolloutSpec.Guardrail> guardrails) {
        return new TreeMap<>(guardrails)
                .entrySet().stream()
                        .map(e -> guardrail(e.getKey(), e.getValue()))
                        .toList();
    }

    private static Guardrail guardrail(String name, RolloutSpec.Guardrail rail) {
        Share worse = rail.worseByAtMost();
        return new Guardrail(name, violation(name, rail), worse == null ? 0 : worse.value(), rail.proven());
    }

    private static Violation violation(String name, RolloutSpec.Guardrail rail) {
        Double quantile = RolloutSpec.LATENCIES.get(name);
        if (quantile == null) {
            return new Violation.Failed();
        }
        // whether more requests are slow than the champion's, not whether the percentile is above the time
        return rail.atMost() == null
                ? new Violation.SlowerThanChampion(quantile)
                : new Violation.SlowerThan(rail.atMost().value());
    }

    private static Decision decision(ModelSpec spec) {
        RolloutSpec.Decide decide = spec.rollout().decide();
        String objective = objective(spec);
        double unit = isScaled(objective) ? MEAN_LOSSES_PER_UNIT : 1;
        return new Decision(
                RolloutSpec.NO_OBJECTIVE.equals(decide.objective()) ? null : objective,
                decide.goal() == RolloutSpec.Goal.SUPERIOR ? Decision.Goal.SUPERIOR : Decision.Goal.NOT_INFERIOR,
                decide.margin().value() / unit,
                decide.errorBudget().value(),
                decide.labels().count() == RolloutSpec.Count.EVERY
                        ? Decision.Counting.EVERY_REQUEST
                        : Decision.Counting.ONCE_PER_UNIT,
                decide.labels().olderThan().value(),
                decide.labels().coverage().value(),
                policies(decide));
    }

    private static Policies policies(RolloutSpec.Decide decide) {
        Policies usual = Policies.within(decide.deadline().value(), reaction(decide.onDeadline()));
        RolloutSpec.Verdicts verdicts = decide.verdicts();
        return new Policies(
                verdicts.pass() == null ? usual.pass() : reaction(verdicts.pass()),
                verdicts.fail() == null ? usual.fail() : reaction(verdicts.fail()),
                usual.inconclusive(),
                verdicts.noData() == null ? usual.noData() : late(verdicts.noData()),
                verdicts.error() == null ? usual.error() : late(verdicts.error()));
    }

    private static Policies.Deadline late(RolloutSpec.Late late) {
        return new Policies.Deadline(late.after().value(), late.then() == null ? Reaction.HOLD : reaction(late.then()));
    }

    private static Reaction reaction(RolloutSpec.OnDeadline reaction) {
        return switch (reaction) {
            case HOLD -> Reaction.HOLD;
            case PROMOTE -> Reaction.PROMOTE;
            case LEADER -> Reaction.LEADER;
            case ROLLBACK -> Reaction.ROLLBACK;
        };
    }

    private static FreezeWindow freeze(FreezeSpec freeze) {
        return freeze.days() == null
                ? new FreezeWindow.Once(freeze.begins(), freeze.ends())
                : new FreezeWindow.Weekly(freeze.weekdays(), freeze.dailyFrom(), freeze.dailyTo(), freeze.zoneId());
    }

    /** Whether differences of this objective are divided by mean losses. */
    private static boolean isScaled(String objective) {
        return !objective.equals(Metrics.ACCURACY) && !objective.equals(Metrics.AUC);
    }
}
