package io.homeostat.benchmarks.study;

import io.homeostat.benchmarks.harness.Benchmark;
import io.homeostat.benchmarks.harness.Figures;
import io.homeostat.benchmarks.harness.Sample;
import io.homeostat.benchmarks.harness.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Studies from nothing with one objective: the mean normalised regret after 10, 20, 50 and 100 trials, {@code auto} beside
 * the other samplers and Optuna's on the same tasks and seeds. Every family weighs the same in the mean of all; intervals
 * are bootstraps over seeds. Settings: environment variables {@code STUDY_SEEDS}, {@code STUDY_SAMPLERS}, {@code
 * STUDY_TASKS} (a part of the tasks' names, or {@code development}), {@code STUDY_THREADS}.
 */
public final class StudyCold implements Benchmark {
    private static final List<String> OURS = List.of("auto", "random", "tpe", "cmaes", "gp");
    private static final List<String> PEERS = List.of("optunaTpe", "optunaCmaes");
    private static final int SEEDS = 20;
    private static final int THREADS = 2;

    private final int seeds = Integer.parseInt(setting("STUDY_SEEDS", String.valueOf(SEEDS)));
    private final int threads = Integer.parseInt(setting("STUDY_THREADS", String.valueOf(THREADS)));
    private final String tasks = setting("STUDY_TASKS", "");
    private final RegretCache cache =
            new RegretCache(Path.of(setting("STUDY_CACHE", "benchmarks/target/study-cold-peers.csv")));
    private final List<OptunaPeer> peers = new ArrayList<>();
    private final ThreadLocal<OptunaPeer> peer = ThreadLocal.withInitial(this::newPeer);

    private static String setting(String name, String otherwise) {
        String value = System.getenv(name);
        return value == null || value.isBlank() ? otherwise : value;
    }

    /** By sampler, family and task: the regrets by seed. */
    private final Map<String, Map<String, Map<String, double[][]>>> regrets = new LinkedHashMap<>();

    @Override
    public Figures run() throws Exception {
        List<String> samplers = samplers();
        List<Task> chosen = tasks();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            for (String sampler : samplers) {
                run(pool, sampler, chosen);
            }
        } finally {
            pool.shutdown();
            for (OptunaPeer each : peers) {
                each.close();
            }
        }
        return report(samplers);
    }

    private List<String> samplers() {
        String version = OptunaPeer.version();
        System.out.println(version.isEmpty() ? "Optuna is not installed and left out" : "Optuna " + version);
        List<String> all = new ArrayList<>(OURS);
        if (!version.isEmpty()) {
            all.addAll(PEERS);
        }
        String wanted = setting("STUDY_SAMPLERS", "");
        return wanted.isEmpty() ? all : List.of(wanted.split(","));
    }

    private List<Task> tasks() throws IOException {
        List<Task> all = new ArrayList<>();
        if (tasks.startsWith("development")) {
            all.addAll(DevelopmentFunctions.all());
            all.addAll(RecordedTasks.development());
            return all;
        }
        all.addAll(TestFunctions.all());
        all.addAll(RecordedTasks.mlp());
        all.addAll(RecordedTasks.forest());
        all.addAll(RecordedTasks.adaboost());
        all.removeIf(task -> !(task.family() + task.name()).contains(tasks));
        return all;
    }

    private void run(ExecutorService pool, String sampler, List<Task> chosen) throws Exception {
        long start = System.nanoTime();
        AtomicInteger done = new AtomicInteger();
        Map<Task, List<Future<double[]>>> running = new LinkedHashMap<>();
        for (int seed = 0; seed < seeds; seed++) {
            long fixed = seed;
            for (Task task : chosen) {
                Callable<double[]> study =
                        counted(() -> regrets(task, sampler, fixed), done, chosen.size() * seeds, sampler);
                running.computeIfAbsent(task, t -> new ArrayList<>()).add(pool.submit(study));
            }
        }
        for (Map.Entry<Task, List<Future<double[]>>> task : running.entrySet()) {
            double[][] bySeed = new double[seeds][];
            for (int seed = 0; seed < seeds; seed++) {
                bySeed[seed] = task.getValue().get(seed).get();
            }
            regrets.computeIfAbsent(sampler, s -> new LinkedHashMap<>())
                    .computeIfAbsent(task.getKey().family(), f -> new TreeMap<>())
                    .put(task.getKey().name(), bySeed);
        }
        System.out.printf(Locale.ROOT, "%s: %.0f s%n", sampler, (System.nanoTime() - start) / 1e9);
    }

    private static Callable<double[]> counted(Callable<double[]> study, AtomicInteger done, int all, String sampler) {
        return () -> {
            double[] result = study.call();
            int count = done.incrementAndGet();
            if (count % Math.max(1, all / 5) == 0) {
                System.out.println(sampler + ": " + count + " of " + all + " studies");
            }
            return result;
        };
    }

    private double[] regrets(Task task, String sampler, long seed) throws IOException {
        if (!PEERS.contains(sampler)) {
            return ColdStudy.run(task, sampler, seed);
        }
        String key = task.family() + "," + task.name() + "," + sampler + "," + seed;
        double[] known = cache.get(key);
        if (known.length > 0) {
            return known;
        }
        double[] found = ColdStudy.run(task, sampler, seed, peer.get());
        cache.put(key, found);
        return found;
    }

    private OptunaPeer newPeer() {
        try {
            OptunaPeer started = new OptunaPeer();
            synchronized (peers) {
                peers.add(started);
            }
            return started;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** By seed: the mean over the tasks of a family, or over the families. */
    private double[] bySeed(String sampler, String family, int at) {
        Map<String, Map<String, double[][]>> families = regrets.getOrDefault(sampler, Map.of());
        double[] sums = new double[seeds];
        int count = 0;
        for (Map.Entry<String, Map<String, double[][]>> each : families.entrySet()) {
            if (!family.equals("all") && !family.equals(each.getKey())) {
                continue;
            }
            count++;
            for (double[][] task : each.getValue().values()) {
                for (int seed = 0; seed < seeds; seed++) {
                    sums[seed] += task[seed][at] / each.getValue().size();
                }
            }
        }
        for (int seed = 0; seed < seeds; seed++) {
            sums[seed] /= Math.max(1, count);
        }
        return sums;
    }

    private Figures report(List<String> samplers) {
        List<String> families = new ArrayList<>(
                regrets.values().stream().findFirst().orElseThrow().keySet());
        perTask(samplers);
        families.add("all");
        Figures figures = new Figures();
        for (String family : families) {
            Table table = new Table(family, "10 trials", "20", "50", "100");
            Table worse = new Table(family + ": more regret than " + samplers.get(0), "10 trials", "20", "50", "100");
            for (String sampler : samplers) {
                List<Object> cells = new ArrayList<>(List.of(sampler));
                List<Object> gaps = new ArrayList<>(List.of(sampler));
                for (int at = 0; at < ColdStudy.TRIALS.length; at++) {
                    double[] values = bySeed(sampler, family, at);
                    double[] base = bySeed(samplers.get(0), family, at);
                    double[] gap = new double[seeds];
                    for (int seed = 0; seed < seeds; seed++) {
                        gap[seed] = values[seed] - base[seed];
                    }
                    cells.add(new Sample(values).meanText());
                    gaps.add(text(new Sample(gap)));
                    figures.add(family + "_" + sampler + "_" + ColdStudy.TRIALS[at], new Sample(values).mean());
                }
                table.row(cells.toArray());
                if (!sampler.equals(samplers.get(0))) {
                    worse.row(gaps.toArray());
                }
            }
            System.out.println(table);
            System.out.println(worse);
        }
        return figures;
    }

    private static String text(Sample gap) {
        double[] interval = gap.meanInterval();
        return String.format(Locale.ROOT, "%+.4f (%+.4f to %+.4f)", gap.mean(), interval[0], interval[1]);
    }

    private void perTask(List<String> samplers) {
        Supplier<String[]> heads = () -> {
            List<String> list = new ArrayList<>(List.of("regret after 20 / 100 trials"));
            list.addAll(samplers);
            return list.toArray(String[]::new);
        };
        Table table = new Table(heads.get());
        regrets.get(samplers.get(0))
                .forEach((family, byTask) -> byTask.keySet().forEach(task -> {
                    List<Object> cells = new ArrayList<>(List.of(task));
                    for (String sampler : samplers) {
                        double[][] values = regrets.get(sampler).get(family).get(task);
                        cells.add(String.format(Locale.ROOT, "%.4f / %.4f", mean(values, 1), mean(values, 3)));
                    }
                    table.row(cells.toArray());
                }));
        System.out.println(table);
    }

    private static double mean(double[][] values, int at) {
        double sum = 0;
        for (double[] each : values) {
            sum += each[at] / values.length;
        }
        return sum;
    }
}
