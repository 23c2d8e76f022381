package io.homeostat.rollout.guardrail;

import java.time.Duration;

/** What counts against a version. */
public sealed interface Violation {
    /** A request that failed, also when another version stepped in. */
    record Failed() implements Violation {}

    /**
     * A request that took longer than a fixed time.
     *
     * @param limit that time, above zero
     */
    record SlowerThan(Duration limit) implements Violation {
        public SlowerThan {
            if (limit.isNegative() || limit.isZero()) {
                throw new IllegalArgumentException("slowerThan: " + limit
                        + " is no latency. Give the time above which a request is slow, such as 50 ms.");
            }
        }
    }

    /**
     * A request that took longer than most of the champion's did: than a quantile of the champion's first {@value
     * FrozenQuantile#LEARNED} answers in this rollout, frozen then.
     *
     * @param quantile inside .5 and .999 inclusive, such as .99
     */
    record SlowerThanChampion(double quantile) implements Violation {
        public SlowerThanChampion {
            if (!(quantile >= .5 && quantile <= .999)) {
                throw new IllegalArgumentException(
                        "quantile: " + quantile + " is not within 0.5 and 0.999. For a p99 give 0.99.");
            }
        }
    }
}
