package io.homeostat.rollout.verdict;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * A verdict with its reason.
 *
 * @param verdict what the evidence says
 * @param reason one sentence with the numbers it rests on
 * @param metrics how each guardrail and the objective stand, guardrails first
 */
public record Judgement(Verdict verdict, String reason, List<MetricReport> metrics) {
    public Judgement {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("reason: is empty. Say what the verdict rests on.");
        }
        metrics = List.copyOf(metrics);
    }

    /** About how many more observations the slowest of the undecided metrics needs; empty if none can be foretold. */
    public OptionalLong labelsNeeded() {
        return metrics.stream()
                .map(MetricReport::needed)
                .filter(OptionalLong::isPresent)
                .max(Comparator.comparingLong(OptionalLong::getAsLong))
                .orElse(OptionalLong.empty());
    }
}
