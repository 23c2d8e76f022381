package io.homeostat.rollout.lifecycle;

import io.homeostat.rollout.guardrail.GuardrailState;
import java.util.function.ToDoubleFunction;

/** The numbers that a guardrail's judgement rests on, each under its name. */
enum GuardrailQuantity {
    HARM_LOG_E("logE", s -> s.process().logE()),
    FAILING_UNITS("failingUnits", s -> s.process().failures()),
    CANDIDATES_FAILING_UNITS("candidatesFailingUnits", s -> s.process().candidateFailures()),
    STABLE_REQUESTS("stableRequests", s -> s.stable().requests()),
    STABLE_SHARE("stableShare", s -> s.stable().share()),
    CANDIDATE_REQUESTS("candidateRequests", s -> s.candidate().requests()),
    CANDIDATE_SHARE("candidateShare", s -> s.candidate().share()),
    PROOF_LOG_E("proofLogE", s -> s.proof().logE());

    private final String key;
    final ToDoubleFunction<GuardrailState> of;

    GuardrailQuantity(String key, ToDoubleFunction<GuardrailState> of) {
        this.key = key;
        this.of = of;
    }

    String key(String guardrail) {
        return "guardrail." + guardrail + "." + key;
    }
}
