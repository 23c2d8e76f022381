package io.homeostat.study.sampler;

import io.homeostat.study.space.Space;
import io.homeostat.study.trial.Derivation;
import io.homeostat.study.trial.History;
import io.homeostat.study.trial.Ranking;
import java.util.Arrays;
import java.util.stream.IntStream;

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

    /** The best min(⌈0.1·n⌉, 25) by {@link Ranking}, newer ones counting more: see {@link Weights}. */
    GoodTrials BY_FIRST_OBJECTIVE = (history, parameter) -> {
        Ranking ranking = history.ranking();
        IntStream there = there(history, parameter, ranking);
        int n = always(history, parameter)
                ? ranking.size()
                : (int) there(history, parameter, ranking).count();
        int[] best = there.limit(Math.min((n + 9) / 10, 25)).toArray();
        return new Good(oldestFirst(history, best), Weights.of(best.length), n);
    };

    /**
     * The best min(⌈0.1·n⌉, 100) by fronts, of the last front those that together dominate most; each counts by what it
     * alone dominates.
     */
    GoodTrials BY_ALL_OBJECTIVES = (history, parameter) -> {
        if (always(history, parameter)) {
            return history.derive(GoodOfAll.BY_ALL_OBJECTIVES);
        }
        int[] there = history.derive(ParetoElite.OF_ALL).there(history, parameter);
        return byAllObjectives(history, there, there.length);
    };

    private static Good byAllObjectives(History history, int[] there, int n) {
        int[] best = ParetoElite.best(history, there, Math.min((n + 9) / 10, 100), LastFront.LARGEST_VOLUME);
        int[] good = oldestFirst(history, best);
        return new Good(good, ParetoElite.weights(history, good), n);
    }

    /** Found out once per history. */
    final class GoodOfAll {
        private static final Derivation<Good> BY_ALL_OBJECTIVES = (history, before, known) -> {
            ParetoElite elite = history.derive(ParetoElite.OF_ALL);
            return byAllObjectives(history, elite.members(), elite.complete());
        };

        private GoodOfAll() {}
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
