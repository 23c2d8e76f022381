package io.homeostat.rollout.guardrail;

import io.homeostat.rollout.routing.Arm;
import io.homeostat.rollout.routing.RecentUnits;
import io.homeostat.rollout.sequential.ConditionalEProcess;
import io.homeostat.rollout.sequential.PairedBetting;
import org.jspecify.annotations.Nullable;

/**
 * What a guardrail has seen.
 *
 * <p>Idea: of the units that violate the guardrail, only the first violation of each is looked at, with a {@link
 * ConditionalEProcess}. Where only one arm computed the request, the candidate's probability is the weight in force;
 * where both did (one answering, one as a shadow), only requests on which exactly one of the two violates count, with
 * probability one half. The second way needs no traffic for the candidate, so harm is found while still in shadow.
 *
 * <p>Decision: harm when {@code E >= tests / alpha}, {@code tests} being all the tests that share the error budget. The
 * allowed increase {@code d} becomes the allowed ratio {@code 1 + d / p} with {@code p} the champion's share so far (100
 * pseudo-requests at {@code d} steady its beginning). At equal rates the budget holds exactly, at the edge of the
 * allowance approximately.
 *
 * <p>Proof that the candidate is not worse by {@code d} comes from requests that both computed: the difference of the two
 * violations is bet on like a paired outcome ({@link PairedBetting}), one request of each unit.
 *
 * <p>For pairs to be comparable, the shadow must be computed whatever becomes of the answer.
 *
 * @param guardrail what was agreed
 * @param process the test for harm
 * @param proof the test that it is not worse by the allowed increase
 * @param units whose first violation has been counted
 * @param limit of a latency that is learned from the champion
 * @param stable requests of the champion
 * @param candidate requests of the candidate
 */
public record GuardrailState(
        Guardrail guardrail,
        ConditionalEProcess process,
        PairedBetting proof,
        RecentUnits units,
        FrozenQuantile limit,
        Hits stable,
        Hits candidate) {
    private static final double PSEUDO_REQUESTS = 100;

    /**
     * Requests and violations of one version.
     *
     * @param requests computed
     * @param violations how many of them violated
     */
    public record Hits(long requests, long violations) {
        static final Hits NONE = new Hits(0, 0);

        Hits and(boolean violated) {
            return new Hits(requests + 1, violations + (violated ? 1 : 0));
        }

        /** Share of violations, 0 without requests. */
        public double share() {
            return requests == 0 ? 0 : (double) violations / requests;
        }
    }

    /** Before the first request. */
    public static GuardrailState start(Guardrail guardrail) {
        return new GuardrailState(
                guardrail,
                ConditionalEProcess.start(),
                PairedBetting.nonInferiority(guardrail.allowedIncrease()),
                RecentUnits.none(),
                FrozenQuantile.start(),
                Hits.NONE,
                Hits.NONE);
    }

    /** Starts the tests again with a budget of their own; a learned latency stays. */
    public GuardrailState afresh() {
        GuardrailState start = start(guardrail);
        return new GuardrailState(
                guardrail, start.process, start.proof, start.units, limit, start.stable, start.candidate);
    }

    /**
     * One request.
     *
     * @param unitId whose request
     * @param arm who answered
     * @param weight the candidate's share in force when the arm was chosen, 0 to 1
     * @param answering what the arm that answered made of it
     * @param shadow what the other made of it, absent if it did not compute the request
     * @param firstOfUnit whether it is the unit's first that both computed, as far as remembered
     */
    public GuardrailState observe(
            String unitId,
            Arm arm,
            double weight,
            Computation answering,
            @Nullable Computation shadow,
            boolean firstOfUnit) {
        boolean toCandidate = arm == Arm.CANDIDATE;
        @Nullable Computation ofStable = toCandidate ? shadow : answering;
        if (guardrail.violation() instanceof Violation.SlowerThanChampion champion && limit.frozen() == null) {
            return ofStable == null || ofStable.failed()
                    ? this
                    : learned(ofStable.latencyMillis(), champion.quantile());
        }
        boolean violated = violates(answering);
        if (shadow == null) {
            ConditionalEProcess next =
                    violated && weight > 0 && weight < 1 ? judged(unitId, toCandidate, weight) : process;
            return with(
                    unitId,
                    next,
                    proof,
                    counted(stable, violated, !toCandidate),
                    counted(candidate, violated, toCandidate));
        }
        return paired(
                unitId,
                toCandidate ? violates(shadow) : violated,
                toCandidate ? violated : violates(shadow),
                firstOfUnit);
    }

    private GuardrailState paired(String unitId, boolean stableViolated, boolean candidateViolated, boolean first) {
        // in a discordant pair the one that did not violate clears the other's name
        ConditionalEProcess next =
                stableViolated == candidateViolated ? process : judged(unitId, candidateViolated, .5);
        PairedBetting shown = guardrail.proven() && first
                ? proof.observe((stableViolated ? 1 : 0) - (candidateViolated ? 1 : 0))
                : proof;
        return with(unitId, next, shown, stable.and(stableViolated), candidate.and(candidateViolated));
    }

    private ConditionalEProcess judged(String unitId, boolean candidateViolated, double share) {
        return units.contains(unitId) ? process : process.failure(candidateViolated, share, allowedRatio());
    }

    private static Hits counted(Hits hits, boolean violated, boolean own) {
        return own ? hits.and(violated) : hits;
    }

    private boolean violates(Computation computation) {
        Violation violation = guardrail.violation();
        if (violation instanceof Violation.Failed) {
            return computation.failed();
        }
        if (violation instanceof Violation.SlowerThan fixed) {
            return computation.latencyMillis() > fixed.limit().toNanos() / 1e6;
        }
        Double frozen = limit.frozen();
        return frozen != null && computation.latencyMillis() > frozen;
    }

    private double allowedRatio() {
        double allowed = guardrail.allowedIncrease();
        if (allowed == 0) {
            return 1;
        }
        double share = (stable.violations() + PSEUDO_REQUESTS * allowed) / (stable.requests() + PSEUDO_REQUESTS);
        return 1 + allowed / share;
    }

    private GuardrailState learned(double latencyMillis, double quantile) {
        return new GuardrailState(
                guardrail, process, proof, units, limit.observe(latencyMillis, quantile), stable, candidate);
    }

    private GuardrailState with(
            String unitId, ConditionalEProcess nextProcess, PairedBetting nextProof, Hits stables, Hits candidates) {
        RecentUnits counted = nextProcess == process ? units : units.plus(unitId);
        return new GuardrailState(guardrail, nextProcess, nextProof, counted, limit, stables, candidates);
    }
}
