package io.homeostat.rollout.guardrail;

/**
 * What one version made of one request.
 *
 * @param failed whether it failed
 * @param latencyMillis how long it took, at least 0
 */
public record Computation(boolean failed, double latencyMillis) {
    public Computation {
        if (!(latencyMillis >= 0)) {
            throw new IllegalArgumentException("latencyMillis: " + latencyMillis + " is no time. Give 0 or more.");
        }
    }
}
