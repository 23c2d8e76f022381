package io.homeostat.rollout.lifecycle;

import io.homeostat.rollout.guardrail.GuardrailState;
import io.homeostat.rollout.plan.RolloutPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * All that a rollout has seen. Its size does not grow with traffic, but for bounded memories of units.
 *
 * @param traffic what requests say
 * @param guardrails a state per guardrail of the plan, in its order
 * @param labels what labels say
 */
public record RolloutEvidence(TrafficEvidence traffic, List<GuardrailState> guardrails, LabelEvidence labels) {
    public RolloutEvidence {
        guardrails = List.copyOf(guardrails);
    }

    /** Before the first request. */
    public static RolloutEvidence start(RolloutPlan plan) {
        return new RolloutEvidence(
                TrafficEvidence.start(),
                plan.guardrails().stream().map(GuardrailState::start).toList(),
                LabelEvidence.start(plan.decision()));
    }

    /** What an input adds; orders add nothing. */
    RolloutEvidence and(RolloutInput input, RolloutPlan plan, boolean inShadow) {
        if (input instanceof RolloutInput.Exposure exposure) {
            return exposed(exposure, plan, inShadow);
        }
        if (input instanceof RolloutInput.PairedOutcome outcome) {
            return with(labels.paired(outcome, plan.decision()));
        }
        if (input instanceof RolloutInput.SingleOutcome outcome) {
            return with(labels.single(outcome, plan.decision()));
        }
        return input instanceof RolloutInput.LabelSeen seen ? with(labels.labelled(seen, plan.decision())) : this;
    }

    private RolloutEvidence exposed(RolloutInput.Exposure exposure, RolloutPlan plan, boolean inShadow) {
        boolean compares = exposure.counterpart() != null && plan.provesGuardrails();
        boolean first = compares && !traffic.compared().contains(exposure.unitId());
        List<GuardrailState> next = new ArrayList<>(guardrails.size());
        for (GuardrailState state : guardrails) {
            next.add(state.observe(
                    exposure.unitId(),
                    exposure.arm(),
                    exposure.weightPercent() / 100,
                    exposure.answer(),
                    exposure.counterpart(),
                    first));
        }
        return new RolloutEvidence(
                traffic.observe(exposure, inShadow, first),
                next,
                labels.answered(exposure.arm(), exposure.time(), plan.decision()));
    }

    RolloutEvidence matured(Instant now, RolloutPlan plan) {
        LabelEvidence next = labels.matured(now, plan.decision());
        return next == labels ? this : with(next);
    }

    private RolloutEvidence with(LabelEvidence next) {
        return new RolloutEvidence(traffic, guardrails, next);
    }

    /** A step begins: its requests are counted from zero. */
    RolloutEvidence atNextStep() {
        return new RolloutEvidence(traffic.atNextStep(), guardrails, labels);
    }

    /** All tests begin again with a budget of their own: after a promotion, or because a person overruled them. */
    RolloutEvidence afresh(RolloutPlan plan) {
        return new RolloutEvidence(
                traffic.atNextStep().afresh(),
                guardrails.stream().map(GuardrailState::afresh).toList(),
                labels.afresh(plan.decision()));
    }
}
