package io.homeostat.rollout.lifecycle;

import io.homeostat.rollout.routing.Arm;

/**
 * How many of the answers have a label.
 *
 * @param stableAnswers answers of the champion
 * @param stableLabels labels of them
 * @param candidateAnswers answers of the candidate
 * @param candidateLabels labels of them
 */
public record Coverage(long stableAnswers, long stableLabels, long candidateAnswers, long candidateLabels) {
    static final Coverage NONE = new Coverage(0, 0, 0, 0);

    Coverage answered(Arm arm) {
        return and(arm == Arm.STABLE ? new Coverage(1, 0, 0, 0) : new Coverage(0, 0, 1, 0));
    }

    Coverage labelled(Arm arm) {
        return and(arm == Arm.STABLE ? new Coverage(0, 1, 0, 0) : new Coverage(0, 0, 0, 1));
    }

    Coverage and(Coverage other) {
        return new Coverage(
                stableAnswers + other.stableAnswers,
                stableLabels + other.stableLabels,
                candidateAnswers + other.candidateAnswers,
                candidateLabels + other.candidateLabels);
    }

    /** Labelled share of an arm's answers, 0 to 1; 0 without answers. */
    public double of(Arm arm) {
        long answers = arm == Arm.STABLE ? stableAnswers : candidateAnswers;
        long labels = arm == Arm.STABLE ? stableLabels : candidateLabels;
        return answers == 0 ? 0 : Math.min(1, (double) labels / answers);
    }
}
