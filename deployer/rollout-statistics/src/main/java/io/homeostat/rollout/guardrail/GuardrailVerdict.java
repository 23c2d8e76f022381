package io.homeostat.rollout.guardrail;

/** What a guardrail says. */
public enum GuardrailVerdict {
    /** Nothing shows that the candidate is worse; that is no proof that it is not. */
    CLEAR,
    /** The candidate is worse than allowed, at the agreed error budget. */
    HARM
}
