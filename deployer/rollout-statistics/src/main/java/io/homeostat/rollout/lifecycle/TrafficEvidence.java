package io.homeostat.rollout.lifecycle;

import io.homeostat.rollout.routing.Arm;
import io.homeostat.rollout.routing.RecentUnits;
import io.homeostat.rollout.sequential.SampleRatio;

/**
 * What requests say, but for the guardrails.
 *
 * @param stable what the champion computed
 * @param candidate what the candidate computed
 * @param answered requests since the start
 * @param answeredByCandidate how many of them the candidate was given
 * @param candidateInStep requests of the candidate in the step under way: copies while it answers nobody, answers later
 * @param ratio whether the candidate gets its share of units
 * @param compared units of which a request was computed by both, for guardrails that are to be proven
 */
public record TrafficEvidence(
        ArmEvidence stable,
        ArmEvidence candidate,
        long answered,
        long answeredByCandidate,
        long candidateInStep,
        SampleRatio ratio,
        RecentUnits compared) {
    static TrafficEvidence start() {
        return new TrafficEvidence(
                ArmEvidence.start(), ArmEvidence.start(), 0, 0, 0, SampleRatio.start(), RecentUnits.none());
    }

    /** The candidate's share of all requests since the start, 0 to 1. */
    public double candidateServedShare() {
        return answered == 0 ? 0 : (double) answeredByCandidate / answered;
    }

    TrafficEvidence observe(RolloutInput.Exposure exposure, boolean inShadow, boolean remember) {
        boolean toCandidate = exposure.arm() == Arm.CANDIDATE;
        boolean both = exposure.counterpart() != null;
        return new TrafficEvidence(
                computed(stable, exposure, !toCandidate),
                computed(candidate, exposure, toCandidate),
                answered + 1,
                answeredByCandidate + (toCandidate ? 1 : 0),
                candidateInStep + (toCandidate || (inShadow && both) ? 1 : 0),
                ratio.observe(exposure.unitId(), toCandidate, exposure.weightPercent() / 100),
                remember ? compared.plus(exposure.unitId()) : compared);
    }

    private static ArmEvidence computed(ArmEvidence arm, RolloutInput.Exposure exposure, boolean answering) {
        if (answering) {
            return arm.observe(exposure.answer());
        }
        return exposure.counterpart() == null ? arm : arm.observe(exposure.counterpart());
    }

    TrafficEvidence atNextStep() {
        return new TrafficEvidence(stable, candidate, answered, answeredByCandidate, 0, ratio, compared);
    }

    /** The tests begin again. */
    TrafficEvidence afresh() {
        return new TrafficEvidence(
                stable,
                candidate,
                answered,
                answeredByCandidate,
                candidateInStep,
                SampleRatio.start(),
                RecentUnits.none());
    }
}
