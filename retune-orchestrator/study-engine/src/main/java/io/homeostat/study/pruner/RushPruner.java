package io.homeostat.study.pruner;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.option.Options;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.RunningTrial;
import java.util.DoubleSummaryStatistics;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * ASHA with hurdles set by the best configurations of the past: a new one that is worse than they were at the same step
 * is not worth going on with, however it compares with other new ones.
 *
 * <p>The first {@code incumbents} trials of the study are the past's best, given to it beforehand. Decision at each rung:
 * stop if {@link AshaPruner} (stopping) would; for all but the incumbents also if the value is worse than the best that
 * an incumbent has reported on this rung so far.
 *
 * <p>Parameters:
 *
 * <ul>
 *   <li>{@code incumbents}: how many of the first trials set the hurdles; 1 to 1000, default 1: the champion's own
 *       parameters
 *   <li>{@code minStep}: the first rung; at least 1, default a 25th of the study's full step, 1 if that is not said
 *   <li>{@code factor}: how much further each rung is than the one before, and which share goes on; 2 to 100, default 4
 * </ul>
 *
 * <p>Example: the champion's parameters reported .30 error at step 4. A new trial at .31 is stopped there, even if it is
 * the best of all new ones.
 *
 * <p>Reference: G. Zappella, D. Salinas, C. Archambeau, A Resource-Efficient Method for Repeated HPO and NAS Problems,
 * 2021.
 */
public final class RushPruner implements Pruner {
    private final int incumbents;
    private final OptionalLong minStep;
    private final int factor;

    /** The options named above. */
    RushPruner(Options options) {
        incumbents = options.integer("incumbents", 1, 1, 1000);
        minStep = SuccessiveHalvingPruner.minStep(options);
        factor = options.integer("factor", 4, 2, 100);
    }

    @Override
    public PruneDecision decide(PrunerRequest request) {
        Rungs rungs = Rungs.of(minStep, request.fullStep(), factor);
        PruneDecision asha = new Halving(rungs, Halving.Quota.QUANTILE, Halving.ALL).decide(request);
        int rung = rungs.last(request.last().step());
        if (asha.prune() || rung < 0) {
            return asha;
        }
        if (request.trialNumber() < incumbents) {
            return PruneDecision.goOn("an incumbent sets the hurdles: " + asha.reason());
        }
        OptionalDouble hurdle = hurdle(request, rungs, rung);
        OptionalDouble value = rungs.value(request.steps(), request.trial().notes(), rung);
        if (hurdle.isEmpty() || value.isEmpty()) {
            return PruneDecision.goOn("no hurdle on the rung at step " + rungs.step(rung) + ": " + asha.reason());
        }
        return jump(request.goal(), rungs.step(rung), value.getAsDouble(), hurdle.getAsDouble());
    }

    private static PruneDecision jump(Goal goal, long step, double value, double hurdle) {
        boolean below = goal.better(hurdle, value);
        String text = String.format(
                Locale.ROOT,
                "%.6g is %s the hurdle %.6g, the incumbents' best on the rung at step %d",
                value,
                below ? "worse than" : "no worse than",
                hurdle,
                step);
        return below ? PruneDecision.stop(text) : PruneDecision.goOn(text);
    }

    private OptionalDouble hurdle(PrunerRequest request, Rungs rungs, int rung) {
        DoubleSummaryStatistics found = new DoubleSummaryStatistics();
        for (FinishedTrial trial : request.finished()) {
            if (trial.number() < incumbents) {
                rungs.value(trial.steps(), trial.notes(), rung).ifPresent(found);
            }
        }
        for (RunningTrial trial : request.running()) {
            if (trial.number() < incumbents) {
                rungs.value(trial.steps(), trial.notes(), rung).ifPresent(found);
            }
        }
        double best = request.goal() == Goal.MINIMIZE ? found.getMin() : found.getMax();
        return found.getCount() == 0 ? OptionalDouble.empty() : OptionalDouble.of(best);
    }
}
