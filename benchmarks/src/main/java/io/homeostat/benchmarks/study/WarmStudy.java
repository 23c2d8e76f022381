package io.homeostat.benchmarks.study;

import io.homeostat.meta.method.TransferSpec;
import io.homeostat.meta.transfer.EvaluatedConfiguration;
import io.homeostat.meta.transfer.Past;
import io.homeostat.study.objective.Goal;
import io.homeostat.study.sampler.BudgetLeft;
import io.homeostat.study.sampler.Sampler;
import io.homeostat.study.sampler.SamplerRequest;
import io.homeostat.study.sampler.SamplerSpec;
import io.homeostat.study.sampler.Suggestion;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One study, one trial after the other.
 *
 * @param trials what was evaluated, in order
 * @param best the least value after each trial
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record WarmStudy(List<EvaluatedConfiguration> trials, double[] best) {

    /** A way of transfer with what it knows, or a sampler that knows no past. */
    static Sampler sampler(String name, Past past) {
        return TransferSpec.names().contains(name)
                ? new TransferSpec(name, Map.of()).transfer().sampler(past)
                : new SamplerSpec(name, Map.of()).sampler();
    }

    static WarmStudy run(Task task, Sampler sampler, long seed, int length) {
        Task.Instance instance = task.instances().apply(seed);
        History history = History.empty(task.space(), List.of(Goal.MINIMIZE));
        List<EvaluatedConfiguration> trials = new ArrayList<>();
        double[] best = new double[length];
        double least = Double.POSITIVE_INFINITY;
        for (int number = 0; number < length; number++) {
            Suggestion next = sampler.suggest(
                    new SamplerRequest(history, List.of(), seed, number, BudgetLeft.trials(length - number), 1));
            double value = instance.objective().applyAsDouble(next.configuration());
            least = Math.min(least, value);
            best[number] = least;
            trials.add(new EvaluatedConfiguration(next.configuration().values(), value));
            history = history.plus(
                    FinishedTrial.complete(number, next.configuration(), value).withNotes(next.notes()));
        }
        return new WarmStudy(trials, best);
    }
}
