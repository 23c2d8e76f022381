package io.homeostat.rollout.plan;

import java.time.Duration;

/**
 * When a candidate becomes champion.
 *
 * @param objective name of the metric behind the paired differences, such as {@code accuracy}
 * @param margin loss that still counts as not inferior, in the unit of the differences, 0 up to below 1; default 0.01
 * @param errorBudget alpha: chance of a promotion by mistake, and of a rollback by mistake, inside (0, 0.5]; default
 *     0.05
 * @param deadline time from the start by which it must be decided; default 24 h
 * @param onDeadline what happens then; default hold
 */
public record Decision(String objective, double margin, double errorBudget, Duration deadline, OnDeadline onDeadline) {
    /** What happens when the deadline comes before the evidence. */
    public enum OnDeadline {
        /** Keep the weight and wait for a person. */
        HOLD,
        /** Promote a candidate that nothing speaks against; without its minimum of requests, hold. */
        PROMOTE,
        /** Promote a candidate that is not behind on the labelled pairs, else roll back; without data, hold. */
        LEADER,
        /** Return to the champion. */
        ROLLBACK
    }

    public Decision {
        Check.that(!objective.isBlank(), "decide.objective", "is empty. Name a metric, such as accuracy.");
        Check.that(
                margin >= 0 && margin < 1,
                "decide.margin",
                margin + " is not within 0 and 1. Give a share: 0.01 for one point.");
        Check.that(
                errorBudget > 0 && errorBudget <= .5,
                "decide.errorBudget",
                errorBudget + " is not above 0 and up to 0.5. Usual is 0.05.");
        Check.positive("decide.deadline", deadline);
    }

    /** One point of margin, an error budget of 5 %, 24 hours, then hold. */
    public static Decision on(String objective) {
        return new Decision(objective, .01, .05, Duration.ofHours(24), OnDeadline.HOLD);
    }
}
