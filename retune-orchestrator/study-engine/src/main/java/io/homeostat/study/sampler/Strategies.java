package io.homeostat.study.sampler;

import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.History;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The strategies that {@link AutoSampler} runs side by side, and whose turn it is: each has lots, more of them the more often
 * its last trials were better than all before, and the one with the fewest trials per lot is next.
 */
final class Strategies {
    /** The note of the strategy that suggested a trial. */
    static final String NOTE = "auto";

    private static final int WINDOW = 200; // trials looked back on
    private static final double KEPT = 0.9; // of the successes, per trial of the strategy
    private static final double PER_SUCCESS = 2; // lots, as a multiple of those it has anyway

    /** A way to search. */
    enum Strategy {
        /** A Gaussian process over the whole space. */
        GLOBAL(3),
        /** The same in a box around the best trial. */
        LOCAL(3),
        /** Densities of good and bad trials. */
        TPE(2),
        /** A normal distribution that moves and turns. */
        CMAES(2);

        private final double lots;

        Strategy(double lots) {
            this.lots = lots;
        }

        static Optional<Strategy> of(Map<String, String> notes) {
            String note = notes.get(NOTE);
            return List.of(values()).stream().filter(s -> s.name().equals(note)).findFirst();
        }
    }

    private final Map<Strategy, List<Boolean>> successes = new EnumMap<>(Strategy.class);
    private final Map<Strategy, Integer> running = new EnumMap<>(Strategy.class);

    Strategies(SamplerRequest request) {
        History history = request.finished();
        int from = request.trialNumber() - WINDOW;
        double best = Double.POSITIVE_INFINITY;
        List<FinishedTrial> recent = new ArrayList<>();
        for (FinishedTrial trial : history) {
            if (trial.number() < from) {
                best = Math.min(best, minimized(history, trial));
            } else {
                recent.add(trial);
            }
        }
        recent.sort(Comparator.comparingInt(FinishedTrial::number));
        for (FinishedTrial trial : recent) {
            double value = minimized(history, trial);
            boolean success = value < best;
            Strategy.of(trial.notes()).ifPresent(s -> successes(s).add(success));
            best = Math.min(best, value);
        }
        request.running()
                .forEach(trial -> Strategy.of(trial.notes()).ifPresent(s -> running.merge(s, 1, Integer::sum)));
    }

    private static double minimized(History history, FinishedTrial trial) {
        return trial.complete() && trial.feasible()
                ? history.goals().get(0).minimized(trial.value())
                : Double.POSITIVE_INFINITY;
    }

    /** Whether the recent trials of a strategy were better than all before, by number. */
    List<Boolean> successes(Strategy strategy) {
        return successes.computeIfAbsent(strategy, s -> new ArrayList<>());
    }

    /** Whose turn it is among some. */
    Strategy next(EnumSet<Strategy> possible) {
        return possible.stream()
                .min(Comparator.comparingDouble(
                        s -> (successes(s).size() + running.getOrDefault(s, 0) + 0.5) / lots(s)))
                .orElseThrow();
    }

    private double lots(Strategy strategy) {
        double recent = 0;
        for (boolean success : successes(strategy)) {
            recent = recent * KEPT + (success ? 1 : 0);
        }
        return strategy.lots * (1 + PER_SUCCESS * recent);
    }
}
