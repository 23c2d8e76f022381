package io.homeostat.meta.method;

import io.homeostat.meta.method.FirstThen.First;
import io.homeostat.meta.transfer.Past;
import io.homeostat.meta.transfer.PastTask;
import io.homeostat.study.sampler.Sampler;
import io.homeostat.study.space.Configuration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Begins with the best configurations of the task before: where data moves on step by step, they are the best guess.
 *
 * <p>The task before is the model's own newest, or, where it has none, the nearest of others.
 *
 * <p>Parameters: {@code first}, how many; 1 to 1,000, default 5. {@code sampler}, who goes on; default {@code auto}.
 *
 * <p>Reference: S. Hellan et al., Obeying the Order: Introducing Ordered Transfer Hyperparameter Optimisation, AutoML 2023.
 */
record SimplePrevious(int first, Supplier<Sampler> then) implements Transfer {

    @Override
    public Sampler sampler(Past past) {
        List<First> list = new ArrayList<>();
        past.tasks().stream().findFirst().ifPresent(task -> add(list, task));
        return new FirstThen(list, then.get());
    }

    private void add(List<First> list, PastTask task) {
        for (Configuration configuration :
                task.configurations().stream().limit(first).toList()) {
            list.add(new First(
                    configuration,
                    "previous: number " + (list.size() + 1) + " of task "
                            + task.record().taskId()));
        }
    }
}
