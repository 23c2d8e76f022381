package io.homeostat.study.pruner;

import io.homeostat.study.option.Options;
import io.homeostat.study.trial.StepValue;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.math3.stat.descriptive.rank.Median;

/**
 * Stops a trial that does worse than half of the complete ones did.
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
    private final int startupTrials;
    private final long warmupSteps;
    private final long interval;

    /** 5 start-up trials, no warm-up, every step. */
    public MedianPruner() {
        this(5, 0, 1);
    }

    public MedianPruner(int startupTrials, long warmupSteps, long interval) {
        this.startupTrials = (int) atLeast("startupTrials", startupTrials, 1);
        this.warmupSteps = atLeast("warmupSteps", warmupSteps, 0);
        this.interval = atLeast("interval", interval, 1);
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
        long step = request.last().step();
        List<List<StepValue>> completed = request.completed();
        int complete = completed.size();
        if (complete < startupTrials) {
            return PruneDecision.goOn(complete + " of " + startupTrials + " start-up trials are complete");
        }
        if (step < warmupSteps) {
            return PruneDecision.goOn("step " + step + " is before the warm-up's end at " + warmupSteps);
        }
        if (!firstOfInterval(request.steps())) {
            return PruneDecision.goOn("step " + step + " is between two decisions, " + interval + " steps apart");
        }
        double[] others = completed.stream()
                .map(steps -> at(steps, step))
                .flatMap(Optional::stream)
                .mapToDouble(StepValue::value)
                .toArray();
        if (others.length == 0) {
            return PruneDecision.goOn("no complete trial has a value at step " + step);
        }
        return compare(request, step, new Median().evaluate(others), others.length);
    }

    private static PruneDecision compare(PrunerRequest request, long step, double median, int others) {
        double best = best(request);
        boolean worse = request.goal().better(median, best);
        String text = String.format(
                Locale.ROOT,
                "best so far %.6g at step %d is %s the median %.6g of %d complete trials",
                best,
                step,
                worse ? "worse than" : "no worse than",
                median,
                others);
        return worse ? PruneDecision.stop(text) : PruneDecision.goOn(text);
    }

    private static double best(PrunerRequest request) {
        return request.steps().stream()
                .map(StepValue::value)
                .reduce(request.goal()::best)
                .orElseThrow();
    }

    private boolean firstOfInterval(List<StepValue> list) {
        long step = list.get(list.size() - 1).step();
        long due = warmupSteps + (step - warmupSteps) / interval * interval;
        return list.size() < 2 || list.get(list.size() - 2).step() < due;
    }

    private static Optional<StepValue> at(List<StepValue> steps, long step) {
        StepValue found = null;
        for (StepValue value : steps) {
            if (value.step() <= step) {
                found = value;
            }
        }
        return Optional.ofNullable(found);
    }

    private static long atLeast(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException("median." + name + ": " + value + " is below " + least + ".");
        }
        return value;
    }
}
