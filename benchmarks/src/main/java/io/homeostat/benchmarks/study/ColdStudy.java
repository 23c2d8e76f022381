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
import io.homeostat.study.trial.RunningTrial;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** One study from nothing: the regret of the best trial after some numbers of trials. */
final class ColdStudy {
    /** Numbers of trials after which regret is taken. */
    static final int[] TRIALS = {10, 20, 50, 100};

    private static final int LAST = TRIALS[TRIALS.length - 1];
    private static final double LEAST_TIME = 0.2; // of a trial, beside an exponential time of mean 1

    private ColdStudy() {}

    /**
     * What a study came to.
     *
     * @param regrets after {@link #TRIALS} trials have ended
     * @param shared trials that began at a point where another was running
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Outcome(double[] regrets, int shared) {}

    /** A trial that is running until some time. */
    private record Busy(RunningTrial trial, double until) {}

    /** By a sampler of the study engine, one trial after the other. */
    static double[] run(Task task, String sampler, long seed) {
        return run(task, sampler, seed, 1).regrets;
    }

    /** By a sampler of the study engine and workers whose trials take times drawn from the seed. */
    static Outcome run(Task task, String sampler, long seed, int workers) {
        Task.Instance instance = task.instances().apply(seed);
        Sampler chosen = new SamplerSpec(sampler, Map.of()).sampler();
        SplittableRandom times = new SplittableRandom(seed);
        History history = History.empty(task.space(), List.of(Goal.MINIMIZE));
        Best best = new Best(instance);
        List<Busy> busy = new ArrayList<>();
        double now = 0;
        int shared = 0;
        for (int number = 0; !best.done(); ) {
            while (busy.size() < workers && number < LAST) {
                RunningTrial next = next(chosen, history, busy, seed, number++, workers);
                shared += busy.stream().anyMatch(b -> b.trial.configuration().equals(next.configuration())) ? 1 : 0;
                busy.add(new Busy(next, now + LEAST_TIME - Math.log(1 - times.nextDouble())));
            }
            Busy ended = busy.stream()
                    .min((a, b) -> Double.compare(a.until, b.until))
                    .orElseThrow();
            busy.remove(ended);
            now = ended.until;
            double value = instance.objective().applyAsDouble(ended.trial.configuration());
            best.add(value);
            history = history.plus(FinishedTrial.complete(ended.trial.number(), ended.trial.configuration(), value)
                    .withNotes(ended.trial.notes()));
        }
        return new Outcome(best.regrets, shared);
    }

    private static RunningTrial next(
            Sampler sampler, History history, List<Busy> busy, long seed, int number, int workers) {
        List<RunningTrial> running = busy.stream().map(Busy::trial).toList();
        Suggestion next = sampler.suggest(
                new SamplerRequest(history, running, seed, number, BudgetLeft.trials(LAST - number), workers));
        return new RunningTrial(number, next.configuration(), List.of(), next.notes());
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
