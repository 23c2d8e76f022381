package io.homeostat.study.pruner;

import io.homeostat.study.option.Options;
import io.homeostat.study.trial.FinishedTrial;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;

/**
 * Successive halving in several brackets, which differ in how early they begin to stop trials: a hedge against curves
 * that tell nothing at first.
 *
 * <p>There are ⌊log_factor(R/minStep)⌋ + 1 brackets, R being the full step; bracket b leaves out the first b rungs. A
 * trial's bracket is drawn by a hash of the study's seed and its number, with the shares that Hyperband gives them: of S
 * brackets, b is drawn in proportion to factor^(S−1−b)·S/(S−b). Decision: that of {@link SuccessiveHalvingPruner} among
 * the trials of the bracket.
 *
 * <p>Parameters:
 *
 * <ul>
 *   <li>{@code minStep}: the first rung; at least 1, default a 25th of the full step
 *   <li>{@code fullStep}: R, at least {@code minStep}; default the study's, or the last step of its longest complete
 *       trial; before there is one, all go on
 *   <li>{@code factor}: how much further each rung is than the one before, and which share goes on; 2 to 100, default 3
 * </ul>
 *
 * <p>Example: minStep 1, R 81, factor 3: five brackets, that begin at the steps 1, 3, 9, 27 and 81 and get 57, 24, 11, 5
 * and 4 % of the trials. The last one stops none.
 *
 * <p>Reference: L. Li et al., Hyperband: A Novel Bandit-Based Approach to Hyperparameter Optimization, JMLR 18, 2018.
 */
public final class HyperbandPruner implements Pruner {
    private final OptionalLong minStep;
    private final OptionalLong fullStep;
    private final int factor;

    /** The options named above. */
    HyperbandPruner(Options options) {
        minStep = SuccessiveHalvingPruner.minStep(options);
        fullStep = options.has("fullStep")
                ? OptionalLong.of(options.whole("fullStep", 1, minStep.orElse(1), Integer.MAX_VALUE))
                : OptionalLong.empty();
        factor = options.integer("factor", 3, 2, 100);
    }

    @Override
    public PruneDecision decide(PrunerRequest request) {
        OptionalLong full = full(request);
        if (full.isEmpty()) {
            return PruneDecision.goOn("how far a trial goes is not known until one is complete");
        }
        Rungs rungs = Rungs.of(minStep, full, factor);
        Brackets brackets = new Brackets(request.seed(), Math.max(1, rungs.last(full.getAsLong()) + 1), factor);
        int bracket = brackets.of(request.trialNumber());
        PruneDecision decision = new Halving(
                        rungs.without(bracket), Halving.Quota.STRICT, new Members(brackets, bracket))
                .decide(request);
        return new PruneDecision(
                decision.prune(), "bracket " + bracket + " of " + brackets.count() + ": " + decision.reason());
    }

    private OptionalLong full(PrunerRequest request) {
        if (fullStep.isPresent() || request.fullStep().isPresent()) {
            return fullStep.isPresent() ? fullStep : request.fullStep();
        }
        return request.finished().stream()
                .filter(FinishedTrial::complete)
                .mapToLong(FinishedTrial::step)
                .filter(step -> step > 0)
                .max();
    }

    private record Members(Brackets brackets, int bracket) implements IntPredicate {
        @Override
        public boolean test(int number) {
            return brackets.of(number) == bracket;
        }
    }

    /** Which bracket a trial is in. */
    record Brackets(long seed, int count, int factor) {

        int of(int number) {
            double place = new SplittableRandom(seed * 31 + number).nextDouble() * upTo(count);
            int bracket = 0;
            while (bracket < count - 1 && place >= upTo(bracket + 1)) {
                bracket++;
            }
            return bracket;
        }

        private double upTo(int end) {
            double sum = 0;
            for (int b = 0; b < end; b++) {
                sum += Math.pow(factor, count - 1.0 - b) * count / (count - b);
            }
            return sum;
        }
    }
}
