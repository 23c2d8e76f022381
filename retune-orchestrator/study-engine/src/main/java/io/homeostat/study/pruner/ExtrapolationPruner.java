package io.homeostat.study.pruner;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.option.Options;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.FinishedTrial.Outcome;
import io.homeostat.study.trial.StepValue;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Forecasts where a learning curve will end, and stops a trial that is less likely to become the best than a new one.
 *
 * <p>How much a trial will still gain is learned from the complete ones: a Bayesian linear regression of their gain after
 * this step on their level at it and on their slope, the change over the second half of the way up to it. Decision: stop
 * if the probability to end better than the best complete trial is below {@code level} times 1/(n + 1), the chance of a
 * new trial to be the best after n others; but not if the trial is the best at this step, for there is nothing to learn
 * from then. Values much worse than the complete trials' are cut, for how far a diverging trial is from the rest does not
 * matter.
 *
 * <p>Parameters:
 *
 * <ul>
 *   <li>{@code level}: the least chance that is worth going on for, as a multiple of a new trial's; above 0, at most 10,
 *       default 1
 *   <li>{@code startupTrials}: no stops until so many trials with reports are complete; at least 2, default 5
 *   <li>{@code minStep}: no stops before this step; at least 0, default a 25th of the study's full step, 1 if that is not
 *       said
 * </ul>
 *
 * <p>Example: 19 trials have ended, and the complete ones gained .05 ± .02 after step 10; the best ended at .30 error. A
 * trial at .50 at step 10 will end at .45 ± .02: its chance is far below 1/20, and it is stopped.
 *
 * <p>Cost: O(complete trials) per report. References: B. Baker, O. Gupta, R. Raskar, N. Naik, Accelerating Neural
 * Architecture Search using Performance Prediction, 2017 (regression on complete curves; there with a fixed level, at
 * which everything is stopped as soon as the best is good).
 */
public final class ExtrapolationPruner implements Pruner {
    /** Values are cut at so many spreads beyond the median. */
    private static final double CUT = 3;

    private final double level;
    private final int startupTrials;
    private final OptionalLong minStep;

    /** The options named above. */
    ExtrapolationPruner(Options options) {
        level = options.number("level", 1, Double.MIN_VALUE, 10);
        startupTrials = options.integer("startupTrials", 5, 2, 1_000_000);
        minStep = options.has("minStep")
                ? OptionalLong.of(options.whole("minStep", 1, 0, Long.MAX_VALUE))
                : OptionalLong.empty();
    }

    @Override
    public PruneDecision decide(PrunerRequest request) {
        long step = request.last().step();
        long first = minStep.orElse(
                Rungs.of(OptionalLong.empty(), request.fullStep(), 2).minStep());
        if (step < first) {
            return PruneDecision.goOn("step " + step + " is before the first decision at " + first);
        }
        if (request.fullStep().isPresent() && step >= request.fullStep().getAsLong()) {
            return PruneDecision.goOn("step " + step + " is the last");
        }
        List<FinishedTrial> complete = request.finished().stream()
                .filter(trial -> trial.complete() && Curves.upTo(trial.steps(), step) > 0)
                .sorted(Comparator.comparingInt(FinishedTrial::number))
                .toList();
        if (complete.size() < startupTrials) {
            return PruneDecision.goOn(complete.size() + " of " + startupTrials + " start-up trials are complete");
        }
        return judge(request, step, complete);
    }

    private PruneDecision judge(PrunerRequest request, long step, List<FinishedTrial> complete) {
        Goal goal = request.goal();
        double[] ends = complete.stream()
                .mapToDouble(trial -> goal.minimized(trial.value()))
                .toArray();
        Scale scale = Scale.of(ends);
        if (!scale.usable()) {
            return PruneDecision.goOn("the complete trials ended alike, or too far apart to say");
        }
        double[][] features = new double[ends.length][];
        double[] gains = new double[ends.length];
        for (int i = 0; i < ends.length; i++) {
            features[i] = features(goal, complete.get(i).steps(), step, scale);
            gains[i] = scale.of(ends[i]) - features[i][1];
        }
        double[] own = features(goal, request.steps(), step, scale);
        if (Arrays.stream(features).noneMatch(each -> each[1] < own[1])) {
            return PruneDecision.goOn("no complete trial was better at step " + step);
        }
        Forecast forecast = new Forecast(features, gains);
        double chance = forecast.below(own, scale.of(scale.best) - own[1]);
        double fresh = 1.0
                / (request.finished().count(Outcome.COMPLETE)
                        + request.finished().count(Outcome.PRUNED)
                        + 1);
        String text = String.format(
                Locale.ROOT,
                "%.6g at step %d will end at about %.6g by %d complete trials; chance %.4g to beat %.6g, %.4g of a new trial's",
                request.last().value(),
                step,
                goal.minimized(scale.undo(own[1] + forecast.mean(own))),
                ends.length,
                chance,
                goal.minimized(scale.best),
                chance / fresh);
        return chance < level * fresh ? PruneDecision.stop(text) : PruneDecision.goOn(text);
    }

    /** One, the level, the slope. */
    private static double[] features(Goal goal, List<StepValue> steps, long step, Scale scale) {
        double level = scale.of(goal.minimized(Curves.at(steps, step).orElseThrow()));
        double half = Curves.at(steps, step / 2).orElseGet(() -> steps.get(0).value());
        return new double[] {1, level, level - scale.of(goal.minimized(half))};
    }

    /** Values so that the complete trials' median is 0 and the best −1; cut where they are much worse. */
    private record Scale(double best, double median) {

        static Scale of(double[] ends) {
            double[] sorted = ends.clone();
            Arrays.sort(sorted);
            return new Scale(sorted[0], sorted[sorted.length / 2]);
        }

        boolean usable() {
            double spread = median - best;
            return spread > 0 && Double.isFinite(spread) && Double.isFinite(1 / spread);
        }

        double of(double value) {
            return Math.min(CUT, (value - median) / (median - best));
        }

        double undo(double scaled) {
            return median + scaled * (median - best);
        }
    }
}
