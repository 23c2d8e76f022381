package io.homeostat.benchmarks.study;

import io.homeostat.benchmarks.harness.Benchmark;
import io.homeostat.benchmarks.harness.Figures;
import io.homeostat.benchmarks.harness.Table;
import io.homeostat.benchmarks.study.RecordedTasks.RecordedTask;
import io.homeostat.study.space.Configuration;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;

/**
 * How low five trials can be in {@link WarmAcross} for who knows what nobody knows before a search, with no seed to vary:
 *
 * <ul>
 *   <li>{@code list}: the same five configurations for all tasks, chosen one by one for the least mean regret over all tasks, those
 *       searched among them
 *   <li>{@code nearest}: the five best configurations of the task that is truly most alike, by the rank correlation of their values
 *   <li>{@code hindsight}: five configurations chosen for the searched tasks and no others
 * </ul>
 *
 * Configurations are the eight best of each task.
 */
public final class WarmBound implements Benchmark {
    private static final int TRIALS = 5;
    private static final int PER_TASK = 8;
    private static final int EVERY = 8;

    @Override
    public Figures run() throws IOException {
        Map<String, List<RecordedTask>> flows = new LinkedHashMap<>();
        flows.put("forest", RecordedTasks.allForest());
        flows.put("adaboost", RecordedTasks.allAdaboost());
        Figures figures = new Figures();
        Table table = new Table("mean regret after 5 trials", "list", "nearest", "hindsight");
        double[] mean = new double[3];
        for (Map.Entry<String, List<RecordedTask>> flow : flows.entrySet()) {
            Flow known = Flow.of(flow.getValue());
            double[] found = {
                known.mean(t -> known.least(t, known.greedy(known.all()))),
                known.mean(t -> known.least(t, known.bestOf(known.nearest(t)))),
                known.mean(t -> known.least(t, known.greedy(known.searched())))
            };
            Arrays.setAll(mean, i -> mean[i] + found[i] / flows.size());
            add(figures, table, flow.getKey(), found);
        }
        add(figures, table, "mean", mean);
        System.out.print(table);
        return figures;
    }

    private static void add(Figures figures, Table table, String flow, double[] found) {
        figures.add(flow + "_list", found[0]).add(flow + "_nearest", found[1]).add(flow + "_hindsight", found[2]);
        table.row(flow, text(found[0]), text(found[1]), text(found[2]));
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    /**
     * The tasks of a learner.
     *
     * @param regrets by task and configuration
     * @param from the task that a configuration is from
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Flow(double[][] regrets, int[] from) {

        static Flow of(List<RecordedTask> tasks) {
            List<Configuration> configurations = new ArrayList<>();
            List<Integer> from = new ArrayList<>();
            for (int t = 0; t < tasks.size(); t++) {
                List<Configuration> best = best(tasks.get(t));
                int task = t;
                configurations.addAll(best);
                best.forEach(each -> from.add(task));
            }
            return new Flow(
                    tasks.stream()
                            .map(each -> regrets(each.task(), configurations))
                            .toArray(double[][]::new),
                    from.stream().mapToInt(Integer::intValue).toArray());
        }

        private static List<Configuration> best(RecordedTask task) {
            List<Double> values = task.recorded().values();
            return IntStream.range(0, values.size())
                    .boxed()
                    .sorted(Comparator.comparingDouble(values::get))
                    .map(i -> task.task()
                            .space()
                            .validate(task.recorded().configurations().get(i)))
                    .distinct()
                    .limit(PER_TASK)
                    .toList();
        }

        private static double[] regrets(Task task, List<Configuration> configurations) {
            Task.Instance instance = task.instances().apply(0);
            return configurations.stream()
                    .mapToDouble(each -> instance.regret(instance.objective().applyAsDouble(each)))
                    .toArray();
        }

        int[] all() {
            return IntStream.range(0, regrets.length).toArray();
        }

        int[] searched() {
            return IntStream.range(0, regrets.length)
                    .filter(t -> t % EVERY == 0)
                    .toArray();
        }

        double mean(IntToDoubleFunction regret) {
            return Arrays.stream(searched()).mapToDouble(regret).average().orElseThrow();
        }

        double least(int task, int[] configurations) {
            return Arrays.stream(configurations)
                    .mapToDouble(c -> regrets[task][c])
                    .min()
                    .orElseThrow();
        }

        /** Five configurations, each the one that lowers the mean of the tasks' least regrets most. */
        int[] greedy(int[] tasks) {
            double[] least = new double[regrets.length];
            Arrays.fill(least, Double.MAX_VALUE / regrets.length);
            int[] chosen = new int[TRIALS];
            for (int i = 0; i < TRIALS; i++) {
                chosen[i] = IntStream.range(0, from.length)
                        .boxed()
                        .min(Comparator.comparingDouble(c -> Arrays.stream(tasks)
                                .mapToDouble(t -> Math.min(least[t], regrets[t][c]))
                                .sum()))
                        .orElseThrow();
                int next = chosen[i];
                Arrays.setAll(least, t -> Math.min(least[t], regrets[t][next]));
            }
            return chosen;
        }

        int nearest(int task) {
            SpearmansCorrelation correlation = new SpearmansCorrelation();
            return Arrays.stream(all())
                    .filter(t -> t != task)
                    .boxed()
                    .max(Comparator.comparingDouble(t -> alike(correlation, task, t)))
                    .orElseThrow();
        }

        private double alike(SpearmansCorrelation correlation, int task, int other) {
            double rho = correlation.correlation(regrets[task], regrets[other]);
            return Double.isNaN(rho) ? -1 : rho;
        }

        int[] bestOf(int task) {
            return IntStream.range(0, from.length)
                    .filter(c -> from[c] == task)
                    .limit(TRIALS)
                    .toArray();
        }
    }
}
