package io.homeostat.rollout.lifecycle;

import io.homeostat.rollout.guardrail.Guardrail;
import io.homeostat.rollout.guardrail.GuardrailState;
import io.homeostat.rollout.plan.RolloutPlan;
import io.homeostat.rollout.routing.Arm;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a rollout has seen. Its size does not grow with traffic, but for the bounded memory of failing units.
 *
 * @param stable the champion's counts
 * @param candidate the candidate's counts
 * @param answered requests since the start
 * @param answeredByCandidate how many of them the candidate was given
 * @param candidateInStep requests of the candidate in the step under way: copies in shadow, answers later
 * @param guardrails a state per guardrail of the plan, in its order
 * @param pairs labels of both until the promotion
 * @param watchPairs labels of both since the promotion, with an error budget of their own
 */
public record RolloutEvidence(
        ArmEvidence stable,
        ArmEvidence candidate,
        long answered,
        long answeredByCandidate,
        long candidateInStep,
        List<GuardrailState> guardrails,
        PairedEvidence pairs,
        PairedEvidence watchPairs) {
    public RolloutEvidence {
        guardrails = List.copyOf(guardrails);
    }

    /** Before the first request. */
    public static RolloutEvidence start(RolloutPlan plan) {
        double margin = plan.decision().margin();
        return new RolloutEvidence(
                ArmEvidence.start(),
                ArmEvidence.start(),
                0,
                0,
                0,
                freshGuardrails(plan),
                PairedEvidence.start(margin),
                PairedEvidence.start(margin));
    }

    /** The candidate's share of all requests since the start, 0 to 1. */
    public double candidateServedShare() {
        return answered == 0 ? 0 : (double) answeredByCandidate / answered;
    }

    RolloutEvidence observe(RolloutInput.Exposure exposure, RolloutPlan plan, boolean inShadow) {
        boolean toCandidate = exposure.arm() == Arm.CANDIDATE;
        RolloutInput.Counterpart other = exposure.counterpart();
        ArmEvidence answering =
                counted(toCandidate ? candidate : stable, plan, exposure.failed(), exposure.latencyMillis());
        ArmEvidence shadowing = toCandidate ? stable : candidate;
        if (other != null) {
            shadowing = counted(shadowing, plan, other.failed(), other.latencyMillis());
        }
        boolean countsInStep = toCandidate || (inShadow && other != null);
        return new RolloutEvidence(
                toCandidate ? shadowing : answering,
                toCandidate ? answering : shadowing,
                answered + 1,
                answeredByCandidate + (toCandidate ? 1 : 0),
                candidateInStep + (countsInStep ? 1 : 0),
                guarded(exposure, plan),
                pairs,
                watchPairs);
    }

    private List<GuardrailState> guarded(RolloutInput.Exposure exposure, RolloutPlan plan) {
        List<GuardrailState> next = new ArrayList<>(guardrails.size());
        for (int i = 0; i < guardrails.size(); i++) {
            Guardrail guardrail = plan.guardrails().get(i);
            next.add(guardrails
                    .get(i)
                    .observe(
                            guardrail,
                            exposure.unitId(),
                            exposure.arm(),
                            exposure.weightPercent() / 100,
                            guardrail.violatedBy(exposure.failed(), exposure.latencyMillis()),
                            violated(guardrail, exposure.counterpart())));
        }
        return next;
    }

    private static @Nullable Boolean violated(Guardrail guardrail, RolloutInput.@Nullable Counterpart other) {
        return other == null ? null : guardrail.violatedBy(other.failed(), other.latencyMillis());
    }

    private static ArmEvidence counted(ArmEvidence arm, RolloutPlan plan, boolean failed, double latencyMillis) {
        boolean slow = plan.guardrails().stream()
                .anyMatch(rail -> rail.kind() == Guardrail.Kind.SLOW && rail.violatedBy(failed, latencyMillis));
        return arm.observe(failed, slow);
    }

    RolloutEvidence paired(double difference, boolean promoted) {
        return new RolloutEvidence(
                stable,
                candidate,
                answered,
                answeredByCandidate,
                candidateInStep,
                guardrails,
                promoted ? pairs : pairs.observe(difference),
                promoted ? watchPairs.observe(difference) : watchPairs);
    }

    RolloutEvidence labelled(Arm arm) {
        return new RolloutEvidence(
                arm == Arm.STABLE ? stable.labelled() : stable,
                arm == Arm.CANDIDATE ? candidate.labelled() : candidate,
                answered,
                answeredByCandidate,
                candidateInStep,
                guardrails,
                pairs,
                watchPairs);
    }

    /** A step begins: its requests are counted from zero. */
    RolloutEvidence atNextStep() {
        return new RolloutEvidence(stable, candidate, answered, answeredByCandidate, 0, guardrails, pairs, watchPairs);
    }

    /** The watch begins: the guardrails start again with a budget of their own. */
    RolloutEvidence atPromotion(RolloutPlan plan) {
        return new RolloutEvidence(
                stable, candidate, answered, answeredByCandidate, 0, freshGuardrails(plan), pairs, watchPairs);
    }

    private static List<GuardrailState> freshGuardrails(RolloutPlan plan) {
        return plan.guardrails().stream()
                .map(guardrail -> GuardrailState.start(guardrail.name()))
                .toList();
    }
}
