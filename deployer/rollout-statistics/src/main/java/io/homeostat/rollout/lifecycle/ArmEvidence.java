package io.homeostat.rollout.lifecycle;

import io.homeostat.rollout.guardrail.Computation;

/**
 * What one arm has done, as the one that answered or as a shadow.
 *
 * @param requests computed requests
 * @param failures failed ones
 * @param recent its recent share of failures
 */
public record ArmEvidence(long requests, long failures, RecentMean recent) {
    /** Before the first request. */
    public static ArmEvidence start() {
        return new ArmEvidence(0, 0, RecentMean.start());
    }

    ArmEvidence observe(Computation computation) {
        int failed = computation.failed() ? 1 : 0;
        return new ArmEvidence(requests + 1, failures + failed, recent.observe(failed));
    }
}
