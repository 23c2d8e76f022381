package io.homeostat.study.pruner;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.option.Options;
import io.homeostat.study.trial.StepValue;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;

/**
 * Stops a trial that does worse than the best so-and-so many percent of the complete ones did.
 *
 * <p>Decision: stop if the best value the trial has reported so far is worse than the given percentile, counted from the
 * best, of what the complete trials had reported at this step (or last before it).
 *
 * <p>Parameters:
 *
 * <ul>
 *   <li>{@code percentile}: the share of trials to keep; percent, above 0 and below 100, default 25
 *   <li>{@code startupTrials}: no stops until so many trials are complete; at least 1, default 5
 *   <li>{@code warmupSteps}: no stops before this step; at least 0, default 0
 *   <li>{@code interval}: decide at warmupSteps, warmupSteps + interval, … or at the first report after each; steps, at
 *       least 1, default 1
 * </ul>
 *
 * <p>Example: five trials were at .70, .72, .74, .76, .78 AUC at step 20. With {@code percentile: 25} a trial whose best
 * up to step 20 is .75 is stopped there, for the 25th percentile from the best is .76.
 *
 * <p>Reference: D. Golovin et al., Google Vizier: A Service for Black-Box Optimization, KDD 2017, section 3.2.2 (there
 * the median of running averages).
 */
public final class PercentilePruner implements Pruner {
    private static final int MEDIAN = 50;

    private final double percentile;
    private final int startupTrials;
    private final long warmupSteps;
    private final long interval;

    PercentilePruner(double percentile, int startupTrials, long warmupSteps, long interval) {
        this.percentile = percentile;
        this.startupTrials = startupTrials;
        this.warmupSteps = warmupSteps;
        this.interval = interval;
    }

    /** The options named above. */
    PercentilePruner(Options options) {
        this(
                options.number("percentile", 25, Math.ulp(1), 100 - Math.ulp(100)),
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
                .map(steps -> Curves.at(steps, step))
                .flatMapToDouble(OptionalDouble::stream)
                .toArray();
        if (others.length == 0) {
            return PruneDecision.goOn("no complete trial has a value at step " + step);
        }
        return compare(request, step, limit(request.goal(), others), others.length);
    }

    private double limit(Goal goal, double[] values) {
        double fromLowest = goal == Goal.MINIMIZE ? percentile : 100 - percentile;
        return new Percentile(fromLowest).withEstimationType(EstimationType.R_7).evaluate(values);
    }

    private PruneDecision compare(PrunerRequest request, long step, double limit, int others) {
        double best = Curves.best(request.goal(), request.steps());
        boolean worse = request.goal().better(limit, best);
        String name = percentile == MEDIAN ? "the median" : "the limit of the best " + percentile + " %,";
        String text = String.format(
                Locale.ROOT,
                "best so far %.6g at step %d is %s %s %.6g of %d complete trials",
                best,
                step,
                worse ? "worse than" : "no worse than",
                name,
                limit,
                others);
        return worse ? PruneDecision.stop(text) : PruneDecision.goOn(text);
    }

    private boolean firstOfInterval(List<StepValue> list) {
        long step = list.get(list.size() - 1).step();
        long due = warmupSteps + (step - warmupSteps) / interval * interval;
        return list.size() < 2 || list.get(list.size() - 2).step() < due;
    }
}
