package io.homeostat.benchmarks.study;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.sampler.BudgetLeft;
import io.homeostat.study.sampler.Sampler;
import io.homeostat.study.sampler.SamplerRequest;
import io.homeostat.study.sampler.SamplerSpec;
import io.homeostat.study.sampler.Suggestion;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.History;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** One study from nothing: the regret of the best trial after some numbers of trials. */
final class ColdStudy {
    /** Numbers of trials after which regret is taken. */
    static final int[] TRIALS = {10, 20, 50, 100};

    private ColdStudy() {}

    /** By a sampler of the study engine. */
    static double[] run(Task task, String sampler, long seed) {
        Task.Instance instance = task.instances().apply(seed);
        Sampler chosen = new SamplerSpec(sampler, Map.of()).sampler();
        History history = History.empty(task.space(), List.of(Goal.MINIMIZE));
        Best best = new Best(instance);
        for (int number = 0; !best.done(); number++) {
            BudgetLeft left = BudgetLeft.trials(TRIALS[TRIALS.length - 1] - number);
            Suggestion next = chosen.suggest(new SamplerRequest(history, List.of(), seed, number, left, 1));
            double value = instance.objective().applyAsDouble(next.configuration());
            best.add(value);
            FinishedTrial trial = FinishedTrial.complete(number, next.configuration(), value);
            history = history.plus(trial.withNotes(next.notes()));
        }
        return best.regrets;
    }

    /** By Optuna. */
    static double[] run(Task task, String sampler, long seed, OptunaPeer optuna) throws IOException {
        Task.Instance instance = task.instances().apply(seed);
        Best best = new Best(instance);
        Configuration next = optuna.start(task.space(), sampler, seed);
        while (true) {
            double value = instance.objective().applyAsDouble(next);
            best.add(value);
            if (best.done()) {
                return best.regrets;
            }
            next = optuna.next(task.space(), value);
        }
    }

    private static final class Best {
        private final Task.Instance instance;
        private final double[] regrets = new double[TRIALS.length];
        private double best = Double.POSITIVE_INFINITY;
        private int trials;
        private int at;

        Best(Task.Instance instance) {
            this.instance = instance;
        }

        void add(double value) {
            best = Math.min(best, value);
            trials++;
            if (trials == TRIALS[at]) {
                regrets[at++] = instance.regret(best);
            }
        }

        boolean done() {
            return at == TRIALS.length;
        }
    }
}
