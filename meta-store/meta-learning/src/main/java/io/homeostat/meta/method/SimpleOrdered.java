package io.homeostat.meta.method;

import io.homeostat.meta.method.FirstThen.First;
import io.homeostat.meta.transfer.Past;
import io.homeostat.study.sampler.Sampler;
import java.util.List;
import java.util.function.Supplier;

/**
 * Begins with the best configuration of each earlier task: the model's own, newest first, then those of others, nearest
 * first.
 *
 * <p>Parameters: {@code first}, how many at most; 1 to 1,000, default 10. {@code sampler}, who goes on; default {@code auto}.
 *
 * <p>Reference: S. Hellan et al., Obeying the Order: Introducing Ordered Transfer Hyperparameter Optimisation, AutoML 2023.
 */
record SimpleOrdered(int first, Supplier<Sampler> then) implements Transfer {

    @Override
    public Sampler sampler(Past past) {
        List<First> list = past.tasks().stream()
                .map(task -> new First(
                        task.configurations().get(0),
                        "ordered: best of task " + task.record().taskId()))
                .distinct()
                .limit(first)
                .toList();
        return new FirstThen(list, then.get());
    }
}
