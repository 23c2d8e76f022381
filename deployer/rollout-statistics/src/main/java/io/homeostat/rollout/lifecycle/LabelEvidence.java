package io.homeostat.rollout.lifecycle;

import io.homeostat.rollout.plan.Decision;
import io.homeostat.rollout.routing.Arm;
import io.homeostat.rollout.routing.RecentUnits;
import io.homeostat.rollout.sequential.Moments;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What labels say.
 *
 * @param pairs labels that are judged, since the start or since the promotion
 * @param beforePromotion the differences before the promotion
 * @param units who has been counted
 * @param coverage answers that are judged, and their labels
 * @param maturing what is not old enough to be judged
 * @param stableLoss whether the champion has become worse
 */
public record LabelEvidence(
        PairedEvidence pairs,
        Moments beforePromotion,
        RecentUnits units,
        Coverage coverage,
        Maturing maturing,
        LossShift stableLoss) {
    static LabelEvidence start(Decision decision) {
        return new LabelEvidence(
                PairedEvidence.start(decision.margin()),
                Moments.none(),
                RecentUnits.none(),
                Coverage.NONE,
                Maturing.start(),
                LossShift.start());
    }

    /** Labels since the start, judged already. */
    public Moments differences() {
        return beforePromotion.and(pairs.differences());
    }

    LabelEvidence answered(Arm arm, Instant time, Decision decision) {
        return decision.labelHorizon().isZero()
                ? with(coverage.answered(arm))
                : with(maturing.answered(arm, time, decision));
    }

    LabelEvidence labelled(RolloutInput.LabelSeen label, Decision decision) {
        return decision.labelHorizon().isZero()
                ? with(coverage.labelled(label.arm()))
                : with(maturing.labelled(label.arm(), label.requestTime(), decision));
    }

    LabelEvidence paired(RolloutInput.PairedOutcome outcome, Decision decision) {
        return judged(
                outcome.unitId(),
                outcome.requestTime(),
                outcome.stableLoss(),
                evidence -> evidence.observe(outcome.difference()),
                decision);
    }

    LabelEvidence single(RolloutInput.SingleOutcome outcome, Decision decision) {
        return judged(
                outcome.unitId(),
                outcome.requestTime(),
                outcome.arm() == Arm.STABLE ? outcome.loss() : null,
                evidence -> evidence.observe(outcome),
                decision);
    }

    private LabelEvidence judged(
            String unitId,
            Instant requested,
            @Nullable Double lossOfStable,
            UnaryOperator<PairedEvidence> label,
            Decision decision) {
        LossShift loss = lossOfStable == null ? stableLoss : stableLoss.observe(lossOfStable);
        boolean once = decision.counting() == Decision.Counting.ONCE_PER_UNIT;
        if (once && units.contains(unitId)) {
            return new LabelEvidence(pairs, beforePromotion, units, coverage, maturing, loss);
        }
        boolean atOnce = decision.labelHorizon().isZero();
        return new LabelEvidence(
                atOnce ? label.apply(pairs) : pairs,
                beforePromotion,
                once ? units.plus(unitId) : units,
                coverage,
                atOnce ? maturing : maturing.judged(label, requested, decision),
                loss);
    }

    /** What has become old enough joins. */
    LabelEvidence matured(Instant now, Decision decision) {
        if (maturing.slices().isEmpty()) {
            return this;
        }
        var ripe = maturing.ripe(now, decision);
        PairedEvidence joined = pairs;
        Coverage covered = coverage;
        for (Maturing.Slice slice : ripe) {
            joined = joined.and(slice.pairs());
            covered = covered.and(slice.coverage());
        }
        return ripe.isEmpty()
                ? this
                : new LabelEvidence(joined, beforePromotion, units, covered, maturing.without(ripe), stableLoss);
    }

    /** The tests begin again, each unit may be counted again. */
    LabelEvidence afresh(Decision decision) {
        return new LabelEvidence(
                PairedEvidence.start(decision.margin()),
                differences(),
                RecentUnits.none(),
                coverage,
                maturing,
                stableLoss);
    }

    private LabelEvidence with(Coverage next) {
        return new LabelEvidence(pairs, beforePromotion, units, next, maturing, stableLoss);
    }

    private LabelEvidence with(Maturing next) {
        return new LabelEvidence(pairs, beforePromotion, units, coverage, next, stableLoss);
    }
}
