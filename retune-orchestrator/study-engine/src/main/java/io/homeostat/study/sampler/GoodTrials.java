package io.homeostat.study.sampler;

import io.homeostat.study.space.Space;
import io.homeostat.study.trial.Derivation;
import io.homeostat.study.trial.History;
import io.homeostat.study.trial.Ranking;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How a {@link TpeSampler} tells good trials from the rest. */
@FunctionalInterface
interface GoodTrials {

    /**
     * The good ones among the trials in which a parameter was there.
     *
     * @param parameter its place in the space
     */
    Good among(History history, int parameter);

    /**
     * Good trials.
     *
     * @param trials their places in the history, from the oldest to the newest
     * @param weights how much each counts
     * @param of how many trials they are the best of
     */
    @SuppressWarnings("ArrayRecordComponent") // lives within one suggestion and is never compared
    record Good(int[] trials, double[] weights, int of) {}

    /** So many are good at most, where there is one objective. */
    int MOST_BY_ONE = 25;

    /** The best min(⌈0.1·n⌉, 25) by {@link Ranking}, newer ones counting more: see {@link Weights}. */
    GoodTrials BY_FIRST_OBJECTIVE = (history, parameter) -> {
        Ranking ranking = history.ranking();
        IntStream there = there(history, parameter, ranking);
        int n = always(history, parameter)
                ? ranking.size()
                : (int) there(history, parameter, ranking).count();
        int[] best = there.limit(Math.min((n + 9) / 10, MOST_BY_ONE)).toArray();
        return new Good(oldestFirst(history, best), Weights.of(best.length), n);
    };

    /**
     * The best min(⌈0.1·n⌉, 100) of the n complete ones: whole fronts and, of the last one, those that together dominate
     * most. Each counts by what it alone dominates.
     */
    GoodTrials BY_ALL_OBJECTIVES =
            (history, parameter) -> history.derive(new OfAll(always(history, parameter) ? -1 : parameter));

    /** Found out once per history. */
    record OfAll(int parameter) implements Derivation<Good> {
        private static final int MOST = 100;

        @Override
        public Good derive(History history, @Nullable Good before, int known) {
            Skyband skyband = history.derive(new Skyband.Of(MOST, parameter));
            int n = skyband.complete();
            int count = Math.min((n + 9) / 10, MOST);
            int[] best = Fronts.best(history, skyband.members(), count, LastFront.LARGEST_VOLUME);
            int[] good = oldestFirst(history, best);
            return new Good(good, Fronts.weights(history, good), n);
        }
    }

    /** By what there is to improve. */
    static GoodTrials of(History history) {
        return history.goals().size() == 1 ? BY_FIRST_OBJECTIVE : BY_ALL_OBJECTIVES;
    }

    private static IntStream there(History history, int parameter, Ranking ranking) {
        return IntStream.range(0, ranking.size())
                .map(ranking::get)
                .filter(trial -> !Double.isNaN(history.unit(trial, parameter)));
    }

    private static boolean always(History history, int parameter) {
        Space space = history.space();
        return !space.conditional()
                || space.condition(space.names().get(parameter)).isEmpty();
    }

    /** The same trials in order of their number. */
    static int[] oldestFirst(History history, int[] trials) {
        return Arrays.stream(trials)
                .boxed()
                .sorted((a, b) ->
                        Integer.compare(history.get(a).number(), history.get(b).number()))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
