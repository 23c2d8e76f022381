package io.homeostat.benchmarks.study;

import io.homeostat.benchmarks.harness.Benchmark;
import io.homeostat.benchmarks.harness.Figures;
import io.homeostat.benchmarks.harness.Sample;
import io.homeostat.benchmarks.harness.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Studies from nothing with one objective: the mean normalised regret after 10, 20, 50 and 100 trials, {@code auto} beside
 * the other samplers and Optuna's on the same tasks and seeds. Every family weighs the same in the mean of all; intervals
 * are bootstraps over seeds, those of gaps paired. Settings: {@link StudySettings}.
 */
public final class StudyCold implements Benchmark {
    private static final List<String> PEERS = List.of("optunaTpe", "optunaCmaes");
    private static final List<String> ALL = List.of("auto", "random", "tpe", "cmaes", "gp", "optunaTpe", "optunaCmaes");

    private final StudySettings settings = StudySettings.read();
    private final RegretCache cache = new RegretCache(settings.cache());

    @Override
    public Figures run() throws Exception {
        List<Task> tasks = settings.tasks();
        Regrets regrets = new Regrets(settings.seeds());
        try (OptunaPeers peers = new OptunaPeers();
                StudyRuns runs = new StudyRuns(tasks, settings.seeds(), settings.threads())) {
            for (String sampler : settings.contenders(ALL, PEERS)) {
                runs.add(regrets, sampler, (task, seed) -> regrets(task, sampler, seed, peers));
            }
        }
        perTask(regrets);
        Figures figures = new Figures();
        regrets.families().forEach(family -> report(regrets, family, figures));
        return figures;
    }

    private double[] regrets(Task task, String sampler, long seed, OptunaPeers peers) throws IOException {
        if (PEERS.contains(sampler)) {
            return cache.get(sampler, task, seed, () -> ColdStudy.run(task, sampler, seed, peers.own()));
        }
        return settings.keepsOurs()
                ? cache.get(sampler, task, seed, () -> ColdStudy.run(task, sampler, seed))
                : ColdStudy.run(task, sampler, seed);
    }

    private static void perTask(Regrets regrets) {
        List<String> heads = new ArrayList<>(List.of("regret after 20 / 100 trials"));
        heads.addAll(regrets.contenders());
        Table table = new Table(heads.toArray(String[]::new));
        List<Map<String, Double>> early = regrets.contenders().stream()
                .map(sampler -> regrets.byTask(sampler, 1))
                .toList();
        List<Map<String, Double>> late = regrets.contenders().stream()
                .map(sampler -> regrets.byTask(sampler, 3))
                .toList();
        for (String task : early.get(0).keySet()) {
            List<Object> cells = new ArrayList<>(List.of(task));
            for (int k = 0; k < early.size(); k++) {
                cells.add(String.format(
                        Locale.ROOT,
                        "%.4f / %.4f",
                        early.get(k).get(task),
                        late.get(k).get(task)));
            }
            table.row(cells.toArray());
        }
        System.out.println(table);
    }

    private static void report(Regrets regrets, String family, Figures figures) {
        String first = regrets.contenders().get(0);
        Table table = new Table(family, "10 trials", "20", "50", "100");
        Table gaps = new Table(family + ": more regret than " + first, "10 trials", "20", "50", "100");
        for (String sampler : regrets.contenders()) {
            List<Object> cells = new ArrayList<>(List.of(sampler));
            List<Object> more = new ArrayList<>(List.of(sampler));
            for (int at = 0; at < ColdStudy.TRIALS.length; at++) {
                double[] values = regrets.bySeed(sampler, family, at);
                cells.add(new Sample(values).meanText());
                more.add(gap(values, regrets.bySeed(first, family, at)));
                figures.add(family + "_" + sampler + "_" + ColdStudy.TRIALS[at], new Sample(values).mean());
            }
            table.row(cells.toArray());
            if (!sampler.equals(first)) {
                gaps.row(more.toArray());
            }
        }
        System.out.println(table);
        System.out.println(gaps);
    }

    private static String gap(double[] values, double[] base) {
        double[] gaps = new double[values.length];
        for (int seed = 0; seed < gaps.length; seed++) {
            gaps[seed] = values[seed] - base[seed];
        }
        Sample sample = new Sample(gaps);
        double[] interval = sample.meanInterval();
        return String.format(Locale.ROOT, "%+.4f (%+.4f to %+.4f)", sample.mean(), interval[0], interval[1]);
    }
}
