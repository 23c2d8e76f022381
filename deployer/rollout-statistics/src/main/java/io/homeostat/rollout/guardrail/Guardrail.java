package io.homeostat.rollout.guardrail;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Something that must not get worse while the candidate is tried.
 *
 * @param name unique in its plan, such as {@code errorRate}
 * @param kind what counts as a violation
 * @param allowedIncrease how much larger the candidate's share of violations may be, 0 up to below 1; 0.005 allows 1.5
 *     % where the champion has 1 %
 * @param slowerThan for {@link Kind#SLOW}, the latency above which a request is slow; absent otherwise
 */
public record Guardrail(
        String name,
        Kind kind,
        double allowedIncrease,
        @Nullable Duration slowerThan) {
    /** What counts as a violation. */
    public enum Kind {
        /** A request that failed, also when another version stepped in. */
        ERRORS,
        /** A request that took longer than allowed. */
        SLOW
    }

    public Guardrail {
        if (name.isBlank()) {
            throw new IllegalArgumentException("guardrail.name: is empty. Name it, such as errorRate.");
        }
        if (!(allowedIncrease >= 0 && allowedIncrease < 1)) {
            throw new IllegalArgumentException("guardrails." + name + ".allowedIncrease: " + allowedIncrease
                    + " is not within 0 and 1. Give a share: 0.005 for half a percent.");
        }
        boolean slow = kind == Kind.SLOW;
        if (slow && (slowerThan == null || slowerThan.isNegative() || slowerThan.isZero())) {
            throw new IllegalArgumentException("guardrails." + name + ".slowerThan: " + slowerThan
                    + " is no latency. Give the time above which a request is slow, such as 50 ms.");
        }
        if (!slow && slowerThan != null) {
            throw new IllegalArgumentException(
                    "guardrails." + name + ".slowerThan: " + slowerThan + " has no meaning for errors. Leave it out.");
        }
    }

    /** Failed requests. */
    public static Guardrail errors(String name, double allowedIncrease) {
        return new Guardrail(name, Kind.ERRORS, allowedIncrease, null);
    }

    /** Requests slower than a latency. */
    public static Guardrail slow(String name, Duration slowerThan, double allowedIncrease) {
        return new Guardrail(name, Kind.SLOW, allowedIncrease, slowerThan);
    }

    /** Whether a computed answer violates the guardrail. */
    public boolean violatedBy(boolean failed, double latencyMillis) {
        return slowerThan == null ? failed : latencyMillis > slowerThan.toNanos() / 1e6;
    }
}
