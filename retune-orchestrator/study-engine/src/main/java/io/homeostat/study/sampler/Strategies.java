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
 * its last trials were better than all before (of several objectives: on the front), and the one with the fewest trials per lot is next, where newer trials count
 * more. All of it follows from the last {@value #WINDOW} trials by number.
 */
final class Strategies {
    /** The note of the strategy that suggested a trial. */
    static final String NOTE = "auto";

    private static final int WINDOW = 200; // trials looked back on
    private static final double KEPT = 0.9; // of the successes, per trial of the strategy
    private static final double FRESH = 0.95; // what a trial counts, per trial since
    private static final double PER_SUCCESS = 2; // lots, as a multiple of those it has anyway
    private static final double ON_FRONT =
            0.25; // of a success: of several objectives many a trial is on the front once

    /** A way to search. */
    enum Strategy {
        /** A Gaussian process over the whole space. */
        GLOBAL(3),
        /** The same in a box around the best trial. */
        LOCAL(3),
        /** Densities of good and bad trials. */
        TPE(1),
        /** A normal distribution that moves and turns. */
        CMAES(1),
        /** Children of the best trials. */
        GENETIC(1);

        private final double lots;

        Strategy(double lots) {
            this.lots = lots;
        }

        static Optional<Strategy> of(Map<String, String> notes) {
            String note = notes.get(NOTE);
            return List.of(values()).stream().filter(s -> s.name().equals(note)).findFirst();
        }
    }

    private final Map<Strategy, Double> successes = new EnumMap<>(Strategy.class); // newer ones count more
    private final Map<Strategy, Double> trials = new EnumMap<>(Strategy.class); // likewise
    private final double worth; // of a success
    private double localWidth = TrustRegion.firstWidth();

    Strategies(SamplerRequest request) {
        History history = request.finished();
        int from = request.trialNumber() - WINDOW;
        worth = history.goals().size() == 1 ? 1 : ON_FRONT;
        Records records = history.goals().size() == 1 ? new Records.Best() : new Records.Front();
        List<FinishedTrial> recent = new ArrayList<>();
        for (FinishedTrial trial : history) {
            if (trial.number() < from) {
                records.add(minimized(history, trial));
            } else {
                recent.add(trial);
            }
        }
        recent.sort(Comparator.comparingInt(FinishedTrial::number));
        for (FinishedTrial trial : recent) {
            boolean success = records.add(minimized(history, trial));
            Strategy.of(trial.notes()).ifPresent(s -> ended(s, success));
        }
        request.running()
                .forEach(trial -> Strategy.of(trial.notes()).ifPresent(s -> trials.merge(s, 1.0, Double::sum)));
    }

    private void ended(Strategy strategy, boolean success) {
        trials.replaceAll((s, count) -> FRESH * count);
        trials.merge(strategy, 1.0, Double::sum);
        successes.put(strategy, KEPT * successes.getOrDefault(strategy, 0.0) + (success ? worth : 0));
        if (strategy == Strategy.LOCAL) {
            localWidth = TrustRegion.width(localWidth, success);
        } else if (success && TrustRegion.exhausted(localWidth)) {
            localWidth = TrustRegion.firstWidth();
        }
    }

    /* Infinite if it does not count. */
    private static double[] minimized(History history, FinishedTrial trial) {
        double[] values = new double[history.goals().size()];
        for (int k = 0; k < values.length; k++) {
            values[k] = trial.complete() && trial.feasible()
                    ? history.goals().get(k).minimized(trial.value(k))
                    : Double.POSITIVE_INFINITY;
        }
        return values;
    }

    /** The width of the region to search locally; exhausted until another strategy finds something better. */
    double localWidth() {
        return localWidth;
    }

    /** Whose turn it is among some. */
    Strategy next(EnumSet<Strategy> possible) {
        return possible.stream()
                .min(Comparator.comparingDouble(s -> (trials.getOrDefault(s, 0.0) + 0.5) / lots(s)))
                .orElseThrow();
    }

    private double lots(Strategy strategy) {
        return strategy.lots * (1 + PER_SUCCESS * successes.getOrDefault(strategy, 0.0));
    }
}
