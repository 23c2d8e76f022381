package io.homeostat.meta.method;

import io.homeostat.meta.method.FirstThen.First;
import io.homeostat.meta.transfer.Past;
import io.homeostat.meta.transfer.PastTask;
import io.homeostat.study.sampler.Sampler;
import io.homeostat.study.sampler.UnitCube;
import io.homeostat.study.space.Configuration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Begins with a list of configurations that together have something good for every earlier task.
 *
 * <p>Greedy: of the best {@value #PER_TASK} configurations of every task, the next is the one that lowers
 * Σ min(rank so far, rank) over the tasks most, where a configuration's rank in a task is that among all these by the task's
 * surrogate, as it was evaluated in few of them.
 *
 * <p>Parameters: {@code first}, how many; 1 to 1,000, default 10. {@code sampler}, who goes on; default {@code auto}.
 *
 * <p>References: M. Wistuba et al., Sequential Model-Free Hyperparameter Tuning, ICDM 2015; M. Feurer et al., Auto-Sklearn
 * 2.0, JMLR 2022.
 */
record Portfolio(int first, Supplier<Sampler> then) implements Transfer {
    private static final int PER_TASK = 3;

    @Override
    public Sampler sampler(Past past) {
        return new FirstThen(list(past, first), then.get());
    }

    /** The list, at most so long. */
    static List<First> list(Past past, int most) {
        Set<Configuration> best = new LinkedHashSet<>();
        past.tasks()
                .forEach(task -> task.configurations().stream().limit(PER_TASK).forEach(best::add));
        List<Configuration> candidates = List.copyOf(best);
        List<First> list = new ArrayList<>();
        for (int chosen : greedy(ranks(past, candidates), Math.min(most, candidates.size()), candidates.size())) {
            list.add(new First(
                    candidates.get(chosen),
                    "portfolio: number " + (list.size() + 1) + " for "
                            + past.tasks().size() + " earlier tasks"));
        }
        return list;
    }

    private static double[][] ranks(Past past, List<Configuration> candidates) {
        UnitCube cube = new UnitCube(past.target().space());
        List<double[]> places = candidates.stream().map(cube::place).toList();
        List<double[]> ranks = new ArrayList<>();
        for (PastTask task : past.tasks()) {
            double[] values = places.stream()
                    .mapToDouble(place -> task.surrogate().at(place).mean())
                    .toArray();
            double[] rank = new double[values.length];
            int[] order = IntStream.range(0, values.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> values[i]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            for (int r = 0; r < order.length; r++) {
                rank[order[r]] = r;
            }
            ranks.add(rank);
        }
        return ranks.toArray(double[][]::new);
    }

    private static List<Integer> greedy(double[][] ranks, int most, int candidates) {
        double[] least = new double[ranks.length];
        Arrays.fill(least, candidates);
        List<Integer> chosen = new ArrayList<>();
        while (chosen.size() < most) {
            int next = IntStream.range(0, candidates)
                    .filter(c -> !chosen.contains(c))
                    .boxed()
                    .min(Comparator.comparingDouble(c -> with(ranks, least, c)))
                    .orElseThrow();
            chosen.add(next);
            for (int t = 0; t < least.length; t++) {
                least[t] = Math.min(least[t], ranks[t][next]);
            }
        }
        return chosen;
    }

    private static double with(double[][] ranks, double[] least, int candidate) {
        double sum = 0;
        for (int t = 0; t < least.length; t++) {
            sum += Math.min(least[t], ranks[t][candidate]);
        }
        return sum;
    }
}
