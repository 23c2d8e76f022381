package io.homeostat.study.pruner;

import io.homeostat.study.option.OptionException;
import io.homeostat.study.option.Options;

/**
 * Stops a trial whose value leaves given bounds, whatever the others do: a loss that diverges, an accuracy no better
 * than chance.
 *
 * <p>Decision: from step {@code warmupSteps} on, stop if the value is below {@code lower} or above {@code upper}.
 *
 * <p>Parameters:
 *
 * <ul>
 *   <li>{@code lower}, {@code upper}: in the objective's unit; default none: without either no trial is
 *       stopped, and the reason says so
 *   <li>{@code warmupSteps}: no stops before this step; at least 0, default 0
 * </ul>
 *
 * <p>Example: {@code {threshold: {upper: 0.69, warmupSteps: 10}}} stops a binary classifier whose log loss is above that
 * of a coin, .69, at step 10 or later.
 */
public final class ThresholdPruner implements Pruner {
    private final double lower;
    private final double upper;
    private final long warmupSteps;

    /** The options named above. */
    ThresholdPruner(Options options) {
        lower = options.number("lower", Double.NEGATIVE_INFINITY, -Double.MAX_VALUE, Double.MAX_VALUE);
        upper = options.number("upper", Double.POSITIVE_INFINITY, -Double.MAX_VALUE, Double.MAX_VALUE);
        if (lower > upper) {
            throw new OptionException(
                    options.path("lower"), lower + " is above upper " + upper + ". Maybe they are swapped.");
        }
        warmupSteps = options.whole("warmupSteps", 0, 0, Long.MAX_VALUE);
    }

    @Override
    public PruneDecision decide(PrunerRequest request) {
        long step = request.last().step();
        double value = request.last().value();
        if (lower == Double.NEGATIVE_INFINITY && upper == Double.POSITIVE_INFINITY) {
            return PruneDecision.goOn("no bound is given. Write for example {threshold: {upper: 0.69}}");
        }
        if (step < warmupSteps) {
            return PruneDecision.goOn("step " + step + " is before the warm-up's end at " + warmupSteps);
        }
        if (value < lower) {
            return PruneDecision.stop(value + " at step " + step + " is below " + lower);
        }
        if (value > upper) {
            return PruneDecision.stop(value + " at step " + step + " is above " + upper);
        }
        return PruneDecision.goOn(value + " at step " + step + " is within its bounds");
    }
}
