package io.homeostat.study.study;

import io.homeostat.study.space.Configuration;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.Ranking;
import io.homeostat.study.trial.Repeated;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a study has found so far. */
public final class Results {
    private Results() {}

    /** The complete feasible trial with the best value of the first objective, the earliest of equals. */
    public static Optional<Trial> best(StudyState state) {
        int best = state.history().ranking().best();
        return best < 0
                ? Optional.empty()
                : state.trial(state.history().get(best).number());
    }

    /**
     * The configuration of which the best is to be expected, by the mean of its trials drawn towards the mean of all: the one
     * to name where values are noisy. That of {@link #best} as long as none was tried twice.
     */
    public static Optional<Repeated> winner(StudyState state) {
        return Repeated.bestFirst(state.history()).stream().findFirst();
    }

    /** The best complete feasible trials with different configurations, best first, at most k, by the first objective. */
    public static List<Trial> bestK(StudyState state, int k) {
        Map<Configuration, Trial> best = new LinkedHashMap<>();
        Ranking ranking = state.history().ranking();
        for (int rank = 0; rank < ranking.size() && best.size() < k; rank++) {
            FinishedTrial trial = state.history().get(ranking.get(rank));
            if (!trial.complete() || !trial.feasible()) {
                break;
            }
            best.putIfAbsent(trial.configuration(), state.trials().get(trial.number()));
        }
        return List.copyOf(best.values());
    }

    /** The complete feasible trials that no other one beats in all objectives, by number. */
    public static List<Trial> front(StudyState state) {
        return state.history().front().members().stream()
                .map(place -> state.trials().get(state.history().get(place).number()))
                .sorted(Comparator.comparingInt(Trial::number))
                .toList();
    }
}
