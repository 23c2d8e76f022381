package io.homeostat.study.sampler;

import io.homeostat.study.space.Configuration;
import io.homeostat.study.trial.History;
import io.homeostat.study.trial.Repeated;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The best few configurations, tried again before one of them is named the winner: with noisy values the best single one
 * is mostly lucky. The last trials of the budget go to the contenders with the best {@link Repeated#shrunk} mean, the one
 * with the fewest trials first, until each has had its number.
 *
 * @param count how many contenders
 * @param repeats trials of each in all; 1 for none beyond the first
 */
record Contenders(int count, int repeats) {

    /** A repetition; empty if it is not time yet, or all have had theirs. */
    Optional<Suggestion> suggest(SamplerRequest request) {
        int left = request.left().trials().orElse(Integer.MAX_VALUE);
        if (repeats == 1 || left > count * (repeats - 1)) {
            return Optional.empty();
        }
        History history = request.finished();
        List<Repeated> best = Repeated.bestFirst(history);
        return best.subList(0, Math.min(count, best.size())).stream()
                .map(Repeated::configuration)
                .filter(configuration -> trials(request, best, configuration) < repeats)
                .min(Comparator.comparingInt(configuration -> trials(request, best, configuration)))
                .map(configuration -> new Suggestion(
                        configuration,
                        "auto: one of the best " + count + ", tried " + trials(request, best, configuration)
                                + " times, once more before a winner is named"));
    }

    private static int trials(SamplerRequest request, List<Repeated> all, Configuration configuration) {
        int ended = all.stream()
                .filter(each -> each.configuration().equals(configuration))
                .mapToInt(Repeated::trials)
                .sum();
        long running = request.running().stream()
                .filter(trial -> trial.configuration().equals(configuration))
                .count();
        return ended + (int) running;
    }
}
