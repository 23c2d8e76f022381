package io.homeostat.benchmarks.study;

import io.homeostat.benchmarks.harness.Benchmark;
import io.homeostat.benchmarks.harness.Figures;
import io.homeostat.benchmarks.harness.Table;
import io.homeostat.benchmarks.study.WarmFlows.Known;
import io.homeostat.meta.method.Opening;
import io.homeostat.study.sampler.Suggestion;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What it costs that the memory answers from less of the past than a search reads: the first ten trials that are recommended on the
 * tasks of {@link WarmAcross}, from 64 earlier tasks with all their evaluations, and from 16 with 24 each, as in an answer.
 */
public final class WarmAnswer implements Benchmark {
    private static final int TRIALS = 10;
    private static final int SEED = 1;
    private static final int[] AFTER = {1, 3, 5, 10};

    @Override
    public Figures run() throws IOException {
        Figures figures = new Figures();
        Table table = new Table("mean regret", "1 trial", "3", "5", "10");
        add(figures, table, "all", "64 tasks, all evaluations", WarmFlows.read(false));
        add(figures, table, "answer", "16 tasks, 24 evaluations", WarmFlows.read(false, 16, 24));
        System.out.print(table);
        return figures;
    }

    private static void add(Figures figures, Table table, String name, String words, WarmFlows flows) {
        double[] mean = new double[TRIALS];
        for (Map.Entry<String, List<Known>> flow : flows.targets().entrySet()) {
            double[] regrets = new double[TRIALS];
            for (Known known : flow.getValue()) {
                double[] found = regrets(known);
                for (int i = 0; i < TRIALS; i++) {
                    regrets[i] += found[i] / flow.getValue().size();
                    mean[i] +=
                            found[i] / flow.getValue().size() / flows.targets().size();
                }
            }
            row(table, flow.getKey() + ": " + words, regrets);
        }
        row(table, "both: " + words, mean);
        for (int after : AFTER) {
            figures.add(name + "_" + after, mean[after - 1]);
        }
    }

    private static double[] regrets(Known known) {
        Task.Instance instance = known.task().instances().apply(0);
        double[] regrets = new double[TRIALS];
        double least = Double.POSITIVE_INFINITY;
        List<Suggestion> trials = Opening.of(known.past(), TRIALS, SEED).trials();
        for (int i = 0; i < TRIALS; i++) {
            double value = instance.objective().applyAsDouble(trials.get(i).configuration());
            least = Math.min(least, instance.regret(value));
            regrets[i] = least;
        }
        return regrets;
    }

    private static void row(Table table, String name, double[] regrets) {
        Object[] cells = new Object[AFTER.length + 1];
        cells[0] = name;
        for (int i = 0; i < AFTER.length; i++) {
            cells[i + 1] = String.format(Locale.ROOT, "%.4f", regrets[AFTER[i] - 1]);
        }
        table.row(cells);
    }
}
