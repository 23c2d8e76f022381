package io.homeostat.study.sampler;

import io.homeostat.study.space.Space;
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
