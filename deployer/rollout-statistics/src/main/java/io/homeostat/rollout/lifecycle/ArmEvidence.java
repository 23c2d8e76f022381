package io.homeostat.rollout.lifecycle;

/**
 * What one arm has done, as the one that answered or as a shadow.
 *
 * @param requests computed requests
 * @param failures failed ones
 * @param slow those slower than a guardrail's latency
 * @param labels labels of requests that it answered
 * @param recent its recent share of failures
 */
public record ArmEvidence(long requests, long failures, long slow, long labels, RecentRate recent) {
    /** Before the first request. */
    public static ArmEvidence start() {
        return new ArmEvidence(0, 0, 0, 0, RecentRate.start());
    }

    ArmEvidence observe(boolean hasFailed, boolean wasSlow) {
        return new ArmEvidence(
                requests + 1,
                failures + (hasFailed ? 1 : 0),
                slow + (wasSlow ? 1 : 0),
                labels,
                recent.observe(hasFailed));
    }

    ArmEvidence labelled() {
        return new ArmEvidence(requests, failures, slow, labels + 1, recent);
    }
}
