package io.homeostat.rollout.guardrail;

import java.time.Duration;

/**
 * Something that must not get worse while the candidate is tried.
 *
 * @param name unique in its plan, such as {@code errorRate}
 * @param violation what counts as a violation
 * @param allowedIncrease how much larger the candidate's share of violations may be, 0 up to below 1; 0.005 allows 1.5
 *     % where the champion has 1 %
 * @param proven whether a promotion needs proof that the candidate is not worse by the allowed increase; else it only
 *     needs no harm shown. Needs an allowed increase above 0 and requests that both versions compute
 */
public record Guardrail(String name, Violation violation, double allowedIncrease, boolean proven) {
    public Guardrail {
        if (name.isBlank()) {
            throw new IllegalArgumentException("guardrail.name: is empty. Name it, such as errorRate.");
        }
        if (!(allowedIncrease >= 0 && allowedIncrease < 1)) {
            throw new IllegalArgumentException("guardrails." + name + ".allowedIncrease: " + allowedIncrease
                    + " is not within 0 and 1. Give a share: 0.005 for half a percent.");
        }
        if (proven && allowedIncrease == 0) {
            throw new IllegalArgumentException("guardrails." + name
                    + ".proven: that nothing at all got worse cannot be proven. Allow an increase, such as 0.005.");
        }
    }

    /** Failed requests; harm stops the rollout, no proof is needed. */
    public static Guardrail errors(String name, double allowedIncrease) {
        return new Guardrail(name, new Violation.Failed(), allowedIncrease, false);
    }

    /** Requests slower than a latency; harm stops the rollout, no proof is needed. */
    public static Guardrail slow(String name, Duration slowerThan, double allowedIncrease) {
        return new Guardrail(name, new Violation.SlowerThan(slowerThan), allowedIncrease, false);
    }

    /** Requests slower than a quantile of the champion's; harm stops the rollout, no proof is needed. */
    public static Guardrail slowerThanChampion(String name, double quantile, double allowedIncrease) {
        return new Guardrail(name, new Violation.SlowerThanChampion(quantile), allowedIncrease, false);
    }

    /** The same, needing proof before a promotion. */
    public Guardrail toBeProven() {
        return new Guardrail(name, violation, allowedIncrease, true);
    }
}
