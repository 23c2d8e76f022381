package io.homeostat.study.study;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * When a study has achieved, or can achieve, enough to end before its budget is used up.
 *
 * @param targetReached as soon as a complete trial is at least as good; of studies with one objective; finite; empty for
 *     never
 * @param noImprovementIn when so many trials in a row ended without a new best one, or, with several objectives, without
 *     a new one on the Pareto front; at least 1; empty for never
 * @param expectedImprovementBelow when the sampler expects less than this of its next trial; in the objective's unit, at
 *     least 0; empty for never. Samplers that expect nothing in particular never end a study by it
 */
public record StopWhen(
        OptionalDouble targetReached, OptionalInt noImprovementIn, OptionalDouble expectedImprovementBelow) {
    /** Only when the budget is used up. */
    public static final StopWhen BUDGET_IS_USED_UP =
            new StopWhen(OptionalDouble.empty(), OptionalInt.empty(), OptionalDouble.empty());

    public StopWhen {
        if (targetReached.isPresent() && !Double.isFinite(targetReached.getAsDouble())) {
            throw new IllegalArgumentException(
                    "stop.targetReached: " + targetReached.getAsDouble() + " is not a finite number.");
        }
        if (noImprovementIn.isPresent() && noImprovementIn.getAsInt() < 1) {
            throw new IllegalArgumentException("stop.noImprovementIn: " + noImprovementIn.getAsInt() + " is below 1.");
        }
        if (expectedImprovementBelow.isPresent() && !(expectedImprovementBelow.getAsDouble() >= 0)) {
            throw new IllegalArgumentException(
                    "stop.expectedImprovementBelow: " + expectedImprovementBelow.getAsDouble() + " is below 0.");
        }
    }

    /** The same, and as soon as a trial is at least as good. */
    public StopWhen withTarget(double value) {
        return new StopWhen(OptionalDouble.of(value), noImprovementIn, expectedImprovementBelow);
    }

    /** The same, and when so many trials in a row brought nothing better. */
    public StopWhen withNoImprovementIn(int trials) {
        return new StopWhen(targetReached, OptionalInt.of(trials), expectedImprovementBelow);
    }

    /** The same, and when the sampler expects less of its next trial. */
    public StopWhen withExpectedImprovementBelow(double improvement) {
        return new StopWhen(targetReached, noImprovementIn, OptionalDouble.of(improvement));
    }
}
