package io.homeostat.study.pruner;

import io.homeostat.study.option.Options;
import java.util.OptionalLong;

/**
 * Lets the best 1/{@code factor} of the trials go on at each of a row of rungs, without waiting for the others.
 *
 * <p>Decision: at the first report at or after the step minStep·factor^(skippedRungs + k), k = 0, 1, …, stop unless the
 * value is among the best max(1, ⌊n/factor⌋) of the n trials, this one included, that have reported there so far.
 *
 * <p>Parameters:
 *
 * <ul>
 *   <li>{@code minStep}: the first rung; at least 1, default a 25th of the study's full step, 1 if that is not said
 *   <li>{@code factor}: how much further each rung is than the one before, and which share goes on; 2 to 100, default 4
 *   <li>{@code skippedRungs}: rungs left out at the beginning; 0 to 20, default 0
 * </ul>
 *
 * <p>Example: eight trials reported .50 to .57 error at step 4. With factor 4 a ninth at .505 goes on, for it is second
 * of nine, of which two go on; one at .515 is stopped.
 *
 * <p>Reference: K. Jamieson, A. Talwalkar, Non-stochastic Best Arm Identification and Hyperparameter Optimization,
 * AISTATS 2016; without waiting for a full rung as in L. Li et al., MLSys 2020.
 */
public final class SuccessiveHalvingPruner implements Pruner {
    private final OptionalLong minStep;
    private final int factor;
    private final int skippedRungs;

    /** The options named above. */
    SuccessiveHalvingPruner(Options options) {
        minStep = minStep(options);
        factor = options.integer("factor", 4, 2, 100);
        skippedRungs = options.integer("skippedRungs", 0, 0, 20);
    }

    static OptionalLong minStep(Options options) {
        return options.has("minStep")
                ? OptionalLong.of(options.whole("minStep", 1, 1, Integer.MAX_VALUE))
                : OptionalLong.empty();
    }

    @Override
    public PruneDecision decide(PrunerRequest request) {
        Rungs rungs = Rungs.of(minStep, request.fullStep(), factor).without(skippedRungs);
        return new Halving(rungs, Halving.Quota.STRICT, Halving.ALL).decide(request);
    }
}
