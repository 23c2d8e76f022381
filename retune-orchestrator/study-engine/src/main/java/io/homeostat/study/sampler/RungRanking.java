package io.homeostat.study.sampler;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.pruner.Rungs;
import io.homeostat.study.sampler.GoodTrials.Good;
import io.homeostat.study.trial.Derivation;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.History;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** The trials that have a value on a rung, the best first: feasible ones by that value, then the others by violation. */
final class RungRanking implements GoodTrials {
    private final int[] order; // places in the history

    private RungRanking(int[] order) {
        this.order = order;
    }

    /** Brings it up to date: O(trials on the rung) per new trial. */
    record Of(Rungs rungs, int rung) implements Derivation<RungRanking> {
        @Override
        public RungRanking derive(History history, @Nullable RungRanking before, int known) {
            int[] order = before == null ? new int[0] : before.order;
            int count = order.length;
            int[] grown = Arrays.copyOf(order, count + history.size() - known);
            Comparator<Integer> byWorth = byWorth(history);
            for (int i = known; i < history.size(); i++) {
                if (!history.get(i).failed() && !Double.isNaN(value(history.get(i)))) {
                    Insertion.insert(grown, count++, i, (one, other) -> byWorth.compare(one, other) < 0);
                }
            }
            return new RungRanking(Arrays.copyOf(grown, count));
        }

        private Comparator<Integer> byWorth(History history) {
            Goal goal = history.goals().get(0);
            Comparator<FinishedTrial> byWorth = Comparator.comparingDouble(FinishedTrial::violation)
                    .thenComparingDouble(trial -> goal.minimized(value(trial)))
                    .thenComparingInt(FinishedTrial::number);
            return (a, b) -> byWorth.compare(history.get(a), history.get(b));
        }

        private double value(FinishedTrial trial) {
            return rungs.value(trial.steps(), trial.notes(), rung).orElse(Double.NaN);
        }
    }

    /** How many trials have a value there. */
    int size() {
        return order.length;
    }

    @Override
    public Good among(History history, int parameter) {
        int[] there = Arrays.stream(order)
                .filter(trial -> !Double.isNaN(history.unit(trial, parameter)))
                .toArray();
        int[] best = Arrays.copyOf(there, Math.min((there.length + 9) / 10, GoodTrials.MOST_BY_ONE));
        return new Good(GoodTrials.oldestFirst(history, best), Weights.of(best.length), there.length);
    }
}
