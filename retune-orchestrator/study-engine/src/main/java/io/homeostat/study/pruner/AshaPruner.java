package io.homeostat.study.pruner;

import io.homeostat.study.option.Options;
import java.util.List;
import java.util.OptionalLong;

/**
 * ASHA, asynchronous successive halving, in both kinds.
 *
 * <p>Decision at the first report at or after the step minStep·factor^k, k = 0, 1, …, of which n trials, this one
 * included, have reported there so far:
 *
 * <ul>
 *   <li>{@code stopping}: stop unless among the best ⌈n/factor⌉; while n is below factor, all go on
 *   <li>{@code promotion}: pause unless among the best max(1, ⌊n/factor⌋). A paused trial counts as pruned; when later
 *       ones turn out worse, the sampler {@code promoting} suggests it again, to go on from where it was paused. Without
 *       that sampler this kind is {@link SuccessiveHalvingPruner}
 * </ul>
 *
 * <p>Parameters:
 *
 * <ul>
 *   <li>{@code kind}: {@code stopping} or {@code promotion}, default {@code stopping}
 *   <li>{@code minStep}: the first rung; at least 1, default a 25th of the study's full step, 1 if that is not said
 *   <li>{@code factor}: how much further each rung is than the one before, and which share goes on; 2 to 100, default 4
 * </ul>
 *
 * <p>Example: three trials reported .50, .52, .54 error at step 4, and all went on. A fourth at .51 is second of four, of
 * which one goes on: it is stopped, or paused. When four more come in above .51, it is second of eight, of which two go
 * on: paused, it is promoted.
 *
 * <p>Reference: L. Li et al., A System for Massively Parallel Hyperparameter Tuning, MLSys 2020 (promotion); A. Klein et
 * al., Model-based Asynchronous Hyperparameter and Neural Architecture Search, 2020 (stopping).
 */
public final class AshaPruner implements Pruner {
    private final Halving.Quota quota;
    private final OptionalLong minStep;
    private final int factor;

    /** The options named above. */
    AshaPruner(Options options) {
        String kind = options.word("kind", "stopping", List.of("stopping", "promotion"));
        quota = kind.equals("stopping") ? Halving.Quota.QUANTILE : Halving.Quota.STRICT;
        minStep = SuccessiveHalvingPruner.minStep(options);
        factor = options.integer("factor", 4, 2, 100);
    }

    @Override
    public PruneDecision decide(PrunerRequest request) {
        Rungs rungs = Rungs.of(minStep, request.fullStep(), factor);
        return new Halving(rungs, quota, Halving.ALL).decide(request);
    }
}
