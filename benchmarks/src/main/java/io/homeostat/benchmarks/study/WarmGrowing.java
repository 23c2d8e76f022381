package io.homeostat.benchmarks.study;

import io.homeostat.benchmarks.harness.Benchmark;
import io.homeostat.benchmarks.harness.Data;
import io.homeostat.benchmarks.harness.Figures;
import io.homeostat.benchmarks.harness.Sample;
import io.homeostat.benchmarks.harness.Table;
import io.homeostat.meta.transfer.Goal;
import io.homeostat.meta.transfer.Past;
import io.homeostat.meta.transfer.Target;
import io.homeostat.meta.transfer.TaskRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPInputStream;

/**
 * Tuning again and again as data grows: XGBoost on 28 growing parts of MNIST, 25 trials each, each study knowing those that
 * the same method did before. Values are normalised as published: 0 is the best mean that a published method reached on the
 * task after 25 trials, 100 what random search did; the first task, which has no past, is left out. Beside ours stand the
 * published trajectories. Settings: {@link StudySettings}.
 */
public final class WarmGrowing implements Benchmark {
    private static final int TRIALS = 25;
    private static final int[] AFTER = {1, 5, 10, 25};
    private static final List<String> OURS = List.of("auto", "random", "none", "previous", "ordered");

    private final StudySettings settings = StudySettings.read();

    /** Task, by its size → seed → the least value after each trial. */
    private record Trajectories(Map<Integer, List<double[]>> bySize) {
        List<double[]> of(int size) {
            return bySize.getOrDefault(size, List.of());
        }

        double mean(int size, int after) {
            return of(size).stream()
                    .mapToDouble(best -> best[after - 1])
                    .average()
                    .orElseThrow();
        }
    }

    /** What 0 and 100 are on a task. */
    private record Norm(int size, double zero, double hundred) {
        double of(double value) {
            return 100 * (value - zero) / (hundred - zero);
        }
    }

    @Override
    public Figures run() throws Exception {
        Map<String, Trajectories> published = published();
        List<RecordedTasks.RecordedTask> tasks = RecordedTasks.boosting();
        Map<String, Trajectories> ours = new LinkedHashMap<>();
        List<String> names = settings.samplers().isEmpty() ? OURS : settings.samplers();
        ExecutorService pool = Executors.newFixedThreadPool(settings.threads());
        for (String name : names) {
            long start = System.nanoTime();
            List<Future<List<double[]>>> seeds = new ArrayList<>();
            for (int seed = 0; seed < settings.seeds(); seed++) {
                long fixed = seed;
                seeds.add(pool.submit(() -> sequence(tasks, name, fixed)));
            }
            Map<Integer, List<double[]>> bySize = new TreeMap<>();
            for (Future<List<double[]>> seed : seeds) {
                List<double[]> found = seed.get();
                for (int i = 0; i < tasks.size(); i++) {
                    bySize.computeIfAbsent(size(tasks.get(i)), s -> new ArrayList<>())
                            .add(found.get(i));
                }
            }
            ours.put(name, new Trajectories(bySize));
            System.out.printf("%s: %.0f s%n", name, (System.nanoTime() - start) / 1e9);
        }
        pool.shutdown();
        return report(ours, published);
    }

    private static int size(RecordedTasks.RecordedTask task) {
        return Integer.parseInt(task.task().name().substring("xgboost".length()));
    }

    private static List<double[]> sequence(List<RecordedTasks.RecordedTask> tasks, String name, long seed) {
        List<TaskRecord> records = new ArrayList<>();
        List<double[]> found = new ArrayList<>();
        for (RecordedTasks.RecordedTask each : tasks) {
            Task task = each.task();
            Map<String, Double> metaFeatures = Map.of("logRows", Math.log(size(each)));
            Target target = new Target("mnist", "xgboost", metaFeatures, task.space());
            WarmStudy study = WarmStudy.run(
                    task, WarmStudy.sampler(name, Past.of(target, records)), seed * 100 + records.size(), TRIALS);
            found.add(study.best());
            records.add(new TaskRecord(
                    task.name(),
                    "mnist",
                    "xgboost",
                    Instant.EPOCH.plusSeconds(records.size()),
                    metaFeatures,
                    study.trials().get(0).parameters(),
                    study.best()[TRIALS - 1],
                    Goal.MINIMIZE,
                    study.trials(),
                    null,
                    null,
                    task.space().toMap()));
        }
        return found;
    }

    private Figures report(Map<String, Trajectories> ours, Map<String, Trajectories> published) {
        Figures figures = new Figures();
        Table table = new Table("normalised", "1 trial", "5", "10", "25");
        Map<String, Trajectories> all = new LinkedHashMap<>(ours);
        published.forEach((name, trajectories) -> all.put("published " + name, trajectories));
        List<Norm> norms = norms(published);
        all.forEach((name, trajectories) -> {
            List<Object> cells = new ArrayList<>(List.of(name));
            for (int after : AFTER) {
                double[] bySeed = bySeed(trajectories, after, norms);
                cells.add(new Sample(bySeed).meanText());
                figures.add(name.replace("published ", "") + "_" + after, new Sample(bySeed).mean());
            }
            table.row(cells.toArray());
        });
        System.out.println(table);
        return figures;
    }

    /* Of all tasks but the first. */
    private static List<Norm> norms(Map<String, Trajectories> published) {
        Trajectories random = Objects.requireNonNull(published.get("RandomSearch"));
        return random.bySize.keySet().stream()
                .sorted()
                .skip(1)
                .map(size -> new Norm(
                        size,
                        published.values().stream()
                                .mapToDouble(each -> each.mean(size, TRIALS))
                                .min()
                                .orElseThrow(),
                        random.mean(size, TRIALS)))
                .toList();
    }

    private static double[] bySeed(Trajectories trajectories, int after, List<Norm> norms) {
        int seeds = trajectories.of(norms.get(0).size()).size();
        double[] means = new double[seeds];
        for (int seed = 0; seed < seeds; seed++) {
            for (Norm norm : norms) {
                double value = trajectories.of(norm.size()).get(seed)[after - 1];
                means[seed] += norm.of(value) / norms.size();
            }
        }
        return means;
    }

    private static Map<String, Trajectories> published() throws IOException {
        Map<String, Map<Integer, Map<Integer, double[]>>> read = new TreeMap<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(
                        Files.newInputStream(Data.file("tuning/othpo_xgboost/published_trajectories.csv.gz"))),
                StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] row = line.split(",");
                if (row[0].equals("XGBoost")) {
                    read.computeIfAbsent(row[1], o -> new TreeMap<>())
                                    .computeIfAbsent(Integer.valueOf(row[3]), t -> new TreeMap<>())
                                    .computeIfAbsent(Integer.valueOf(row[2]), s -> new double[TRIALS])[
                                    Integer.parseInt(row[4]) - 1] =
                            Double.parseDouble(row[5]);
                }
            }
        }
        Map<String, Trajectories> all = new LinkedHashMap<>();
        read.forEach((name, tasks) -> {
            Map<Integer, List<double[]>> bySize = new TreeMap<>(Comparator.naturalOrder());
            tasks.forEach((size, seeds) -> bySize.put(size, List.copyOf(seeds.values())));
            all.put(name, new Trajectories(bySize));
        });
        return all;
    }
}
