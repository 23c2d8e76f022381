package io.homeostat.rollout.verdict;

import java.util.OptionalLong;

/**
 * A verdict with its reason.
 *
 * @param verdict what the evidence says
 * @param reason one sentence with the numbers it rests on
 * @param labelsNeeded about how many more paired labels would settle it, if the difference stays as it is; empty when
 *     none are needed or no number of them would do
 */
public record Judgement(Verdict verdict, String reason, OptionalLong labelsNeeded) {
    public Judgement {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("reason: is empty. Say what the verdict rests on.");
        }
    }

    /** A verdict that more labels would not change. */
    public static Judgement settled(Verdict verdict, String reason) {
        return new Judgement(verdict, reason, OptionalLong.empty());
    }
}
