package io.homeostat.meta.method;

import io.homeostat.meta.transfer.Past;
import io.homeostat.meta.transfer.PastTask;
import io.homeostat.study.sampler.Sampler;
import io.homeostat.study.space.Configuration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Tells a sampler of the study engine which configurations were good in the {@value #TASKS} first tasks of the past: the best
 * tenth of each, at least one, at most {@value #MOST} in all.
 *
 * <ul>
 *   <li>{@code cmaes}: the first normal distribution of CMA-ES has their mean and covariance and .1²·I (M. Nomura et al., Warm
 *       Starting CMA-ES, AAAI 2021)
 *   <li>{@code tpe}: each is a kernel of the good density that fades with the trials (S. Watanabe et al., Speeding up
 *       Multi-Objective Hyperparameter Optimization by Task Similarity-Based Meta-Learning for the Tree-Structured Parzen
 *       Estimator, IJCAI 2023)
 *   <li>{@code gp}: a density around them weighs the acquisition, and fades (C. Hvarfner et al., πBO, ICLR 2022)
 * </ul>
 *
 * <p>Parameters: {@code sampler}, who searches where there is no past; default {@code auto}.
 *
 * @param otherwise who searches where there is no past
 * @param told a sampler that knows good configurations, at least one
 */
record WithGood(Supplier<Sampler> otherwise, Function<List<Configuration>, Sampler> told) implements Transfer {
    private static final int TASKS = 5;
    private static final int MOST = 25;

    @Override
    public Sampler sampler(Past past) {
        List<Configuration> good = past.tasks().stream()
                .limit(TASKS)
                .flatMap(WithGood::good)
                .distinct()
                .limit(MOST)
                .toList();
        return good.isEmpty() ? otherwise.get() : told.apply(good);
    }

    private static Stream<Configuration> good(PastTask task) {
        int tenth = Math.max(1, task.configurations().size() / 10);
        return task.configurations().stream().limit(Math.min(tenth, MOST / TASKS));
    }
}
