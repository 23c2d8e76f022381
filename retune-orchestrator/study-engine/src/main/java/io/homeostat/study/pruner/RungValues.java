package io.homeostat.study.pruner;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.trial.Derivation;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.History;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** What the finished trials reported on each rung, so that less is better, in order. */
final class RungValues {
    private final List<double[]> rungs;

    private RungValues(List<double[]> rungs) {
        this.rungs = rungs;
    }

    /** How many trials reported on the rung. */
    int count(int rung) {
        return rung < rungs.size() ? rungs.get(rung).length : 0;
    }

    /** How many of them are better than this. */
    int better(int rung, double value) {
        if (rung >= rungs.size()) {
            return 0;
        }
        double[] sorted = rungs.get(rung);
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * How to find them: O(steps + values on the rungs it reached) per new trial.
     *
     * @param members which trials are compared with each other, by number; a record or a constant
     */
    record Of(Rungs rungs, IntPredicate members) implements Derivation<RungValues> {

        @Override
        public RungValues derive(History history, @Nullable RungValues before, int known) {
            List<List<Double>> added = new ArrayList<>();
            for (int i = known; i < history.size(); i++) {
                if (members.test(history.get(i).number())) {
                    add(added, history.get(i), history.goals().get(0));
                }
            }
            List<double[]> all = new ArrayList<>(before == null ? List.of() : before.rungs);
            for (int rung = 0; rung < added.size(); rung++) {
                if (rung == all.size()) {
                    all.add(new double[0]);
                }
                all.set(rung, merged(all.get(rung), added.get(rung)));
            }
            return new RungValues(List.copyOf(all));
        }

        private void add(List<List<Double>> added, FinishedTrial trial, Goal goal) {
            for (int rung = 0; rung <= rungs.last(trial.step()); rung++) {
                if (rung == added.size()) {
                    added.add(new ArrayList<>());
                }
                List<Double> values = added.get(rung);
                rungs.value(trial.steps(), trial.notes(), rung).ifPresent(value -> values.add(goal.minimized(value)));
            }
        }

        private static double[] merged(double[] sorted, List<Double> added) {
            if (added.isEmpty()) {
                return sorted;
            }
            double[] all = Arrays.copyOf(sorted, sorted.length + added.size());
            for (int i = 0; i < added.size(); i++) {
                all[sorted.length + i] = added.get(i);
            }
            Arrays.sort(all);
            return all;
        }
    }
}
