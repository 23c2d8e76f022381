package io.homeostat.backbone.event;

import io.homeostat.backbone.serde.Check;
import org.jspecify.annotations.Nullable;

/**
 * A candidate compared with the champion on the same hold-out rows.
 *
 * @param rows hold-out rows
 * @param metric the objective
 * @param candidateValue the candidate's value
 * @param championValue the champion's value, absent at a first training
 * @param candidateBetter rows on which the candidate's loss is smaller
 * @param championBetter rows on which the champion's is
 * @param pValue one-sided: chance of a difference like this if the candidate were no better; absent without a champion
 */
public record HoldoutEvidence(
        int rows,
        String metric,
        double candidateValue,
        @Nullable Double championValue,
        int candidateBetter,
        int championBetter,
        @Nullable Double pValue) {
    public HoldoutEvidence {
        Check.atLeast("rows", rows, 0);
        Check.text("metric", metric);
        Check.finite("candidateValue", candidateValue);
    }
}
