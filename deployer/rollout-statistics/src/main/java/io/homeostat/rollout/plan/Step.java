package io.homeostat.rollout.plan;

import java.time.Duration;

/** One step of a rollout: what the candidate gets, and the least time it lasts. */
public sealed interface Step {
    /** The candidate's share of answers, 0 to 100 percent. */
    double weightPercent();

    /** The least time the step lasts. */
    Duration hold();

    /**
     * The candidate computes copies and answers nobody.
     *
     * @param hold the least time it lasts
     */
    record Shadow(Duration hold) implements Step {
        @Override
        public double weightPercent() {
            return 0;
        }
    }

    /**
     * The candidate answers a small share.
     *
     * @param weightPercent above 0, up to 100 percent
     * @param hold the least time it lasts
     */
    record Canary(double weightPercent, Duration hold) implements Step {}

    /**
     * The candidate answers a share large enough to compare both, usually half.
     *
     * @param weightPercent above 0, up to 100 percent
     * @param hold the least time it lasts
     */
    record AbTest(double weightPercent, Duration hold) implements Step {}
}
