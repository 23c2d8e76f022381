package io.homeostat.study.pruner;

import io.homeostat.study.option.Options;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.StepValue;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Stops a trial that is worse than the best one fold by fold, for trials whose steps are the folds of a cross-validation
 * or other repetitions: their order means nothing, and the value of the trial is their mean.
 *
 * <p>Decision: over the folds that the trial and the best complete trial both reported, stop if a one-sided Wilcoxon
 * signed-rank test of the differences rejects that the trial is as good, p below {@code level}, and its mean is worse.
 *
 * <p>Parameters:
 *
 * <ul>
 *   <li>{@code level}: the error allowed per decision; above 0, at most .5, default .1
 *   <li>{@code startupSteps}: no stops before so many shared folds; at least 1, default 2
 * </ul>
 *
 * <p>Example: with level .1 a trial worse in all of its first four folds is stopped there, p = 1/16; with three folds p is
 * 1/8 at best. Each fold is another look, so of trials as good as the best more than {@code level} are stopped in the end.
 *
 * <p>Reference: F. Wilcoxon, Individual Comparisons by Ranking Methods, Biometrics Bulletin 1, 1945.
 */
public final class WilcoxonPruner implements Pruner {
    private final double level;
    private final int startupSteps;

    /** The options named above. */
    WilcoxonPruner(Options options) {
        level = options.number("level", 0.1, Double.MIN_VALUE, 0.5);
        startupSteps = options.integer("startupSteps", 2, 1, 1_000_000);
    }

    @Override
    public PruneDecision decide(PrunerRequest request) {
        int best = request.finished().ranking().best();
        if (best < 0) {
            return PruneDecision.goOn("no trial is complete");
        }
        FinishedTrial reference = request.finished().get(best);
        double[] differences = differences(request, reference);
        if (differences.length < startupSteps) {
            return PruneDecision.goOn(differences.length + " folds shared with the best trial " + reference.number()
                    + " are fewer than " + startupSteps);
        }
        return judge(differences, reference.number());
    }

    private PruneDecision judge(double[] differences, int number) {
        double p = SignedRanks.probability(differences);
        double mean = 0;
        for (double difference : differences) {
            mean += difference / differences.length;
        }
        String text = String.format(
                Locale.ROOT,
                "worse than the best trial %d by %.6g in the mean of %d shared folds, p = %.4g (level %s)",
                number,
                mean,
                differences.length,
                p,
                level);
        return p < level && mean > 0 ? PruneDecision.stop(text) : PruneDecision.goOn(text);
    }

    /** By how much the trial is worse, per shared fold. */
    private static double[] differences(PrunerRequest request, FinishedTrial reference) {
        Map<Long, Double> theirs = new HashMap<>();
        reference.steps().forEach(each -> theirs.put(each.step(), request.goal().minimized(each.value())));
        double[] differences = new double[request.steps().size()];
        int shared = 0;
        for (StepValue each : request.steps()) {
            Double value = theirs.get(each.step());
            if (value != null) {
                differences[shared++] = request.goal().minimized(each.value()) - value;
            }
        }
        return Arrays.copyOf(differences, shared);
    }
}
