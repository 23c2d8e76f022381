package io.homeostat.rollout.guardrail;

import io.homeostat.rollout.routing.Arm;
import io.homeostat.rollout.sequential.ConditionalEProcess;
import org.jspecify.annotations.Nullable;

/**
 * What a guardrail has seen.
 *
 * <p>Idea: of the units that violate the guardrail, only the first violation of each is looked at, with a {@link
 * ConditionalEProcess}. Where only one arm computed the request, the candidate's probability is the weight in force;
 * where both did (one answering, one as a shadow), only requests on which exactly one of the two violates count, with
 * probability one half. The second way needs no traffic for the candidate, so harm is found while still in shadow.
 *
 * <p>Decision: {@link GuardrailVerdict#HARM} when {@code E >= tests / alpha}, {@code tests} being all the tests that
 * share the error budget. The allowed increase {@code d} becomes the allowed ratio {@code 1 + d / p} with {@code p} the
 * champion's share so far (100 pseudo-requests at {@code d} steady its beginning). At equal rates the budget holds
 * exactly, at the edge of the allowance approximately.
 *
 * <p>For pairs to be comparable, the shadow must be computed whatever becomes of the answer.
 *
 * @param name the guardrail's name
 * @param process the test
 * @param units whose first violation has been counted
 * @param stableRequests requests computed by the champion
 * @param stableViolations how many of them violated
 * @param candidateRequests requests computed by the candidate
 * @param candidateViolations how many of them violated
 */
public record GuardrailState(
        String name,
        ConditionalEProcess process,
        FailingUnits units,
        long stableRequests,
        long stableViolations,
        long candidateRequests,
        long candidateViolations) {
    private static final double PSEUDO_REQUESTS = 100;

    /** Before the first request. */
    public static GuardrailState start(String name) {
        return new GuardrailState(name, ConditionalEProcess.start(), FailingUnits.none(), 0, 0, 0, 0);
    }

    /**
     * One request.
     *
     * @param guardrail what was agreed
     * @param unitId whose request
     * @param arm who answered
     * @param weight the candidate's share in force when the arm was chosen, 0 to 1
     * @param violated whether the answering arm violated the guardrail
     * @param shadowViolated whether the other arm did, absent if it did not compute the request
     */
    public GuardrailState observe(
            Guardrail guardrail,
            String unitId,
            Arm arm,
            double weight,
            boolean violated,
            @Nullable Boolean shadowViolated) {
        GuardrailState judged = judged(guardrail, unitId, arm, weight, violated, shadowViolated);
        GuardrailState counted = judged.counted(arm, violated);
        Arm other = arm == Arm.STABLE ? Arm.CANDIDATE : Arm.STABLE;
        return shadowViolated == null ? counted : counted.counted(other, shadowViolated);
    }

    private GuardrailState judged(
            Guardrail guardrail,
            String unitId,
            Arm arm,
            double weight,
            boolean violated,
            @Nullable Boolean shadowViolated) {
        boolean informative =
                shadowViolated == null ? violated && weight > 0 && weight < 1 : violated != shadowViolated;
        if (!informative || units.contains(unitId)) {
            return this;
        }
        // In a discordant pair the one that did not violate clears the other's name.
        boolean candidate = (arm == Arm.CANDIDATE) == violated;
        ConditionalEProcess next =
                process.failure(candidate, shadowViolated == null ? weight : .5, allowedRatio(guardrail));
        return new GuardrailState(
                name,
                next,
                units.plus(unitId),
                stableRequests,
                stableViolations,
                candidateRequests,
                candidateViolations);
    }

    private double allowedRatio(Guardrail guardrail) {
        double allowed = guardrail.allowedIncrease();
        if (allowed == 0) {
            return 1;
        }
        double share = (stableViolations + PSEUDO_REQUESTS * allowed) / (stableRequests + PSEUDO_REQUESTS);
        return 1 + allowed / share;
    }

    private GuardrailState counted(Arm arm, boolean violated) {
        int stable = arm == Arm.STABLE ? 1 : 0;
        int hit = violated ? 1 : 0;
        return new GuardrailState(
                name,
                process,
                units,
                stableRequests + stable,
                stableViolations + stable * hit,
                candidateRequests + 1 - stable,
                candidateViolations + (1 - stable) * hit);
    }

    /**
     * What the guardrail says now.
     *
     * @param tests how many tests share the budget, at least 1
     * @param alpha the error budget, inside (0, 1)
     */
    public GuardrailVerdict verdict(int tests, double alpha) {
        return process.logE() >= Math.log(tests / alpha) ? GuardrailVerdict.HARM : GuardrailVerdict.CLEAR;
    }
}
