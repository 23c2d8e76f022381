package io.homeostat.study.sampler;

import io.homeostat.study.space.Configuration;
import io.homeostat.study.trial.History;
import io.homeostat.study.trial.Repeated;
import io.homeostat.study.trial.RunningTrial;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The configurations with the best {@link Repeated#shrunk} mean, to be tried again until each has had its number of trials.
 *
 * @param count how many contenders
 * @param repeats trials of each in all, running ones included
 */
record Contenders(int count, int repeats) {

    /** How many trials it takes at most, if the contenders stay the same. */
    int trials() {
        return count * (repeats - 1);
    }

    /** A repetition of the contender with the fewest trials; empty if all have had theirs. */
    Optional<Suggestion> suggest(History finished, Collection<RunningTrial> underway) {
        List<Repeated> all = Repeated.bestFirst(finished);
        Map<Configuration, Integer> running = new HashMap<>();
        for (RunningTrial trial : underway) {
            running.merge(trial.configuration(), 1, Integer::sum);
        }
        return all.subList(0, Math.min(count, all.size())).stream()
                .filter(each -> trials(each, running) < repeats)
                .min(Comparator.comparingInt(each -> trials(each, running)))
                .map(each -> new Suggestion(
                        each.configuration(),
                        "repeating: one of the best " + count + ", tried " + trials(each, running)
                                + " times, once more before a winner is named"));
    }

    private static int trials(Repeated each, Map<Configuration, Integer> running) {
        return each.trials() + running.getOrDefault(each.configuration(), 0);
    }
}
