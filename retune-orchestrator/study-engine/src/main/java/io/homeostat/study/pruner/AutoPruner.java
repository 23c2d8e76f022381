package io.homeostat.study.pruner;

import io.homeostat.study.option.Options;

/**
 * What fits without knowing more: {@link SuccessiveHalvingPruner} where the study says its full step and that is at least
 * {@value #LEAST_FULL_STEP}; else {@link MedianPruner}, which needs no scale and does not cut three quarters of the trials
 * after a single fold.
 *
 * <p>It has no options. Chosen on made-up learning curves ({@code benchmarks/run study-pruning}): with the same epochs
 * successive halving ends with the lowest regret of all, ASHA, Hyperband, median, percentile and extrapolation among
 * them.
 */
public final class AutoPruner implements Pruner {
    private static final int LEAST_FULL_STEP = 16;

    private final Pruner withScale = new SuccessiveHalvingPruner(Options.none("pruner.successive-halving"));
    private final Pruner without = new MedianPruner();

    /** It has no options. */
    AutoPruner(Options none) {}

    @Override
    public PruneDecision decide(PrunerRequest request) {
        boolean scaled = request.fullStep().orElse(0) >= LEAST_FULL_STEP;
        PruneDecision decision = (scaled ? withScale : without).decide(request);
        return new PruneDecision(decision.prune(), (scaled ? "successive halving: " : "median: ") + decision.reason());
    }
}
