package io.homeostat.rollout.plan;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a candidate becomes champion.
 *
 * @param objective name of the metric behind the paired differences, such as {@code accuracy}; absent if there are no
 *     labels and the guardrails alone decide
 * @param goal what a pass is; default not inferior
 * @param margin loss that still counts as not inferior, in the unit of the differences, 0 up to below 1; default 0.01
 * @param errorBudget alpha: chance of a promotion by mistake, and of a rollback by mistake, inside (0, 0.5]; default
 *     0.05
 * @param counting which labelled requests of a unit count; default one
 * @param labelHorizon only requests this old are judged, by the labels that have come until then, so that early labels
 *     of one kind do not tip the scales; default zero: each label counts as it comes
 * @param minimumCoverage share of each version's judged answers that must have a label before a pass, 0 to 1; default 0
 * @param policies what is done on each verdict; default 24 h, then hold
 */
public record Decision(
        @Nullable String objective,
        Goal goal,
        double margin,
        double errorBudget,
        Counting counting,
        Duration labelHorizon,
        double minimumCoverage,
        Policies policies) {
    /** What must be shown. */
    public enum Goal {
        /** The candidate is better. */
        SUPERIOR,
        /** The candidate is better, or not worse by the margin: enough for a repair. */
        NOT_INFERIOR
    }

    /** Which labelled requests count. */
    public enum Counting {
        /** The first of each unit (of the latest 4,096), so that one unit with a taste of its own is not taken for many. */
        ONCE_PER_UNIT,
        /** All of them: right where requests of a unit are no more alike than those of different units. */
        EVERY_REQUEST
    }

    public Decision {
        Check.that(
                objective == null || !objective.isBlank(),
                "decide.objective",
                "is empty. Name a metric, such as accuracy, or none.");
        Check.that(
                margin >= 0 && margin < 1,
                "decide.margin",
                margin + " is not within 0 and 1. Give a share: 0.01 for one point.");
        Check.that(
                errorBudget > 0 && errorBudget <= .5,
                "decide.errorBudget",
                errorBudget + " is not above 0 and up to 0.5. Usual is 0.05.");
        Check.that(
                !labelHorizon.isNegative(), "decide.labelHorizon", labelHorizon + " is negative. Zero means at once.");
        Check.that(
                minimumCoverage >= 0 && minimumCoverage <= 1,
                "decide.minimumCoverage",
                minimumCoverage + " is not within 0 and 1. Give a share: 0.5 for half of the answers.");
    }

    /** The defaults for an objective: one point of margin, an error budget of 5 %, 24 hours, then hold. */
    public static Decision on(@Nullable String objective) {
        return new Decision(
                objective,
                Goal.NOT_INFERIOR,
                .01,
                .05,
                Counting.ONCE_PER_UNIT,
                Duration.ZERO,
                0,
                Policies.within(Duration.ofHours(24), Reaction.HOLD));
    }

    /** With other policies. */
    public Decision with(Policies other) {
        return new Decision(objective, goal, margin, errorBudget, counting, labelHorizon, minimumCoverage, other);
    }

    /** With another goal. */
    public Decision with(Goal other) {
        return new Decision(objective, other, margin, errorBudget, counting, labelHorizon, minimumCoverage, policies);
    }

    /** Judging requests by their labels only once they are this old, and passing only with so many of them. */
    public Decision withLabels(Duration horizon, double coverage) {
        return new Decision(objective, goal, margin, errorBudget, counting, horizon, coverage, policies);
    }
}
