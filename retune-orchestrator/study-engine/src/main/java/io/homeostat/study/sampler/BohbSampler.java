package io.homeostat.study.sampler;

import io.homeostat.study.option.Options;
import io.homeostat.study.pruner.Rungs;
import io.homeostat.study.sampler.TpeSearch.Best;
import io.homeostat.study.trial.Derivation;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.FinishedTrial.Outcome;
import io.homeostat.study.trial.History;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * BOHB: tree-structured Parzen estimators for trials that are stopped early, to be used with the pruner {@code hyperband}
 * or another one that stops on rungs.
 *
 * <p>Idea: values at different steps cannot be compared, and those of the last step are few. So {@link TpeSampler the
 * densities} of good and other trials are those of the trials that reported on one rung, by their values there: the highest
 * rung on which enough of them have. Enough complete trials go before any rung. A share of the suggestions is random all
 * along, which keeps the guarantee of Hyperband where early steps mislead.
 *
 * <p>With d parameters of more than one value, 3·(d + 2) trials are enough; until then suggestions are random. (The paper has
 * d + 2 and a random share of ⅓. Densities of so few mislead, and Hyperband's last bracket is a hedge already.) If trials
 * report no steps, and with several objectives, it is TPE with random suggestions in between.
 *
 * <p>Parameters:
 *
 * <ul>
 *   <li>{@code randomShare}: 0 to 1, default 0.15
 *   <li>{@code minStep}, {@code factor}: those of the pruner, with the defaults of {@code hyperband}: a 25th of the full step,
 *       3
 *   <li>{@code candidates}, {@code multivariate}, {@code group}, {@code constantLiar}: those of {@code tpe}
 * </ul>
 *
 * <p>Example: 4 parameters, full step 81. Of 40 trials all have reported at step 3, 15 at step 9 and 5 at step 27: as 18 are
 * enough, the densities are of the 40, by their values at step 3.
 *
 * <p>Reference: S. Falkner, A. Klein, F. Hutter, BOHB: Robust and Efficient Hyperparameter Optimization at Scale, ICML 2018.
 */
public final class BohbSampler implements Sampler {
    private static final String NAME = "bohb";

    private final double randomShare;
    private final OptionalLong minStep;
    private final int factor;
    private final TpeSettings settings;

    /** The options named above. */
    BohbSampler(Options options) {
        randomShare = options.number("randomShare", 0.15, 0, 1);
        minStep = options.has("minStep")
                ? OptionalLong.of(options.whole("minStep", 1, 1, Integer.MAX_VALUE))
                : OptionalLong.empty();
        factor = options.integer("factor", 3, 2, 100);
        settings = TpeSettings.of(options);
    }

    /** Whose values count, at which step. */
    private record Level(GoodTrials trials, long step, String text) {}

    @Override
    public Suggestion suggest(SamplerRequest request) {
        RandomGenerator random = request.random();
        Unseen unseen = new Unseen(request);
        if (random.nextDouble() < randomShare) {
            return unseen.draw(random, "random: one of those that bohb draws all along");
        }
        Optional<Level> level = level(request);
        if (level.isEmpty()) {
            return unseen.draw(random, "random: too few trials have a value on any rung");
        }
        Optional<Best> best =
                new TpeSearch(settings, level.get().trials, request, level.get().step, random).best(unseen);
        return best.map(found -> new Suggestion(found.configuration(), settings.reason(NAME, found) + level.get().text))
                .orElseGet(() -> unseen.draw(random, "random: bohb found none but known points"));
    }

    private Optional<Level> level(SamplerRequest request) {
        History finished = request.finished();
        int enough = 3 * (finished.derive(Axes.OF_SPACE).axes().size() + 2);
        Rungs rungs = Rungs.of(minStep, request.left().fullStep(), factor);
        int last = rungs.last(finished.derive(HighestStep.OF_ALL).step);
        if (finished.count(Outcome.COMPLETE) >= enough) {
            boolean all = last < 0 || finished.count(Outcome.PRUNED) == 0;
            return Optional.of(new Level(GoodTrials.of(finished), all ? 0 : rungs.step(last), ", of complete trials"));
        }
        for (int rung = last; rung >= 0; rung--) {
            RungRanking ranking = finished.derive(new RungRanking.Of(rungs, rung));
            if (ranking.size() >= enough) {
                long step = rungs.step(rung);
                return Optional.of(new Level(ranking, step, ", by the values at step " + step));
            }
        }
        return Optional.empty();
    }

    private record HighestStep(long step) {
        private static final Derivation<HighestStep> OF_ALL = (history, before, known) -> {
            long step = before == null ? 0 : before.step;
            for (FinishedTrial trial : history.subList(known, history.size())) {
                step = Math.max(step, trial.step());
            }
            return new HighestStep(step);
        };
    }
}
