package io.homeostat.study.pruner;

import io.homeostat.study.option.Options;

/**
 * Stops a trial that does worse than half of the complete ones did: {@link PercentilePruner} with a percentile of 50.
 *
 * <p>Decision: stop if the best value the trial has reported so far is worse than the median of what the complete
 * trials had reported at this step (or last before it).
 *
 * <p>Parameters:
 *
 * <ul>
 *   <li>{@code startupTrials}: no stops until so many trials are complete; at least 1, default 5
 *   <li>{@code warmupSteps}: no stops before this step; at least 0, default 0
 *   <li>{@code interval}: decide at warmupSteps, warmupSteps + interval, … or at the first report after each; steps, at
 *       least 1, default 1
 * </ul>
 *
 * <p>Example: five trials were at .70, .72, .74, .76, .78 AUC at step 20. A trial whose best up to step 20 is .73 is
 * stopped there, for the median is .74.
 *
 * <p>Reference: D. Golovin et al., Google Vizier: A Service for Black-Box Optimization, KDD 2017, section 3.2.2 (there
 * with running averages).
 */
public final class MedianPruner implements Pruner {
    private static final double HALF = 50;

    private final Pruner percentile;

    /** 5 start-up trials, no warm-up, every step. */
    public MedianPruner() {
        this(5, 0, 1);
    }

    public MedianPruner(int startupTrials, long warmupSteps, long interval) {
        percentile = new PercentilePruner(
                HALF,
                (int) atLeast("startupTrials", startupTrials, 1),
                atLeast("warmupSteps", warmupSteps, 0),
                atLeast("interval", interval, 1));
    }

    /** The options named above. */
    MedianPruner(Options options) {
        this(
                options.integer("startupTrials", 5, 1, 1_000_000),
                options.whole("warmupSteps", 0, 0, Long.MAX_VALUE),
                options.whole("interval", 1, 1, Long.MAX_VALUE));
    }

    @Override
    public PruneDecision decide(PrunerRequest request) {
        return percentile.decide(request);
    }

    private static long atLeast(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException("median." + name + ": " + value + " is below " + least + ".");
        }
        return value;
    }
}
