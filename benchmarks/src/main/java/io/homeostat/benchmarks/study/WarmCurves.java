package io.homeostat.benchmarks.study;

import io.homeostat.benchmarks.harness.Sample;
import io.homeostat.benchmarks.harness.Table;
import io.homeostat.benchmarks.study.WarmFlows.Known;
import io.homeostat.study.sampler.Sampler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Mean normalised regret of methods after each trial, by flow and seed. */
final class WarmCurves {
    static final int TRIALS = 50;

    /** After how many trials regrets are shown. */
    static final int[] AFTER = {1, 5, 10, 20, 50};

    private final WarmFlows flows;
    private final StudySettings settings;
    private final Map<String, Map<String, List<double[][]>>> curves =
            new LinkedHashMap<>(); // method → flow → of each task: seed → trials

    /** The regret after each trial of one study. */
    @FunctionalInterface
    interface Study {
        double[] regrets(Known known, long seed) throws IOException;
    }

    /** Makes a study for a task; may take its time. */
    @FunctionalInterface
    interface Method {
        Study on(Known known) throws IOException;
    }

    WarmCurves(WarmFlows flows, StudySettings settings) {
        this.flows = flows;
        this.settings = settings;
    }

    /** Runs a way of transfer, or a sampler that knows no past. */
    void add(String name) throws Exception {
        add(name, known -> {
            Sampler sampler = WarmStudy.sampler(name, known.past());
            return (task, seed) -> regrets(
                    task, WarmStudy.run(task.task(), sampler, seed, TRIALS).best());
        });
    }

    static double[] regrets(Known known, double[] best) {
        Task.Instance instance = known.task().instances().apply(0);
        double[] regrets = new double[best.length];
        for (int i = 0; i < best.length; i++) {
            regrets[i] = instance.regret(best[i]);
        }
        return regrets;
    }

    /** Runs a method on all tasks and seeds. */
    void add(String name, Method method) throws Exception {
        long start = System.nanoTime();
        ExecutorService pool = Executors.newFixedThreadPool(settings.threads());
        Map<String, List<Future<double[][]>>> running = new LinkedHashMap<>();
        flows.targets()
                .forEach((flow, targets) ->
                        targets.forEach(known -> running.computeIfAbsent(flow, f -> new ArrayList<>())
                                .add(pool.submit(() -> studies(method, known)))));
        Map<String, List<double[][]>> found = new LinkedHashMap<>();
        for (Map.Entry<String, List<Future<double[][]>>> flow : running.entrySet()) {
            List<double[][]> tasks = new ArrayList<>();
            for (Future<double[][]> task : flow.getValue()) {
                tasks.add(task.get());
            }
            found.put(flow.getKey(), tasks);
        }
        pool.shutdown();
        curves.put(name, found);
        System.out.printf(Locale.ROOT, "%s: %.0f s%n", name, (System.nanoTime() - start) / 1e9);
    }

    private double[][] studies(Method method, Known known) throws IOException {
        Study study = method.on(known);
        double[][] found = new double[settings.seeds()][];
        for (int seed = 0; seed < found.length; seed++) {
            found[seed] = study.regrets(known, seed);
        }
        return found;
    }

    List<String> methods() {
        return List.copyOf(curves.keySet());
    }

    /** The regrets after so many trials, by seed; the mean of the flows where none is named. */
    double[] after(String method, String flow, int trials) {
        double[] means = new double[settings.seeds()];
        List<List<double[][]>> chosen = flows(method, flow);
        for (List<double[][]> tasks : chosen) {
            for (double[][] task : tasks) {
                for (int seed = 0; seed < means.length; seed++) {
                    means[seed] += task[seed][trials - 1] / tasks.size() / chosen.size();
                }
            }
        }
        return means;
    }

    private List<List<double[][]>> flows(String method, String flow) {
        Map<String, List<double[][]>> all = curves.getOrDefault(method, Map.of());
        return all.entrySet().stream()
                .filter(each -> flow.isEmpty() || flow.equals(each.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** The mean regrets of all methods; of the flows together where none is named. */
    Table table(String title, String flow) {
        Table table = new Table(title, "1 trial", "5", "10", "20", "50");
        for (String method : methods()) {
            List<Object> cells = new ArrayList<>(List.of(method));
            for (int after : AFTER) {
                cells.add(new Sample(after(method, flow, after)).meanText());
            }
            table.row(cells.toArray());
        }
        return table;
    }

    double mean(String method, String flow, int trials) {
        return new Sample(after(method, flow, trials)).mean();
    }

    /** How many trials a method needs until its mean regret is at most a level; one more than there are if it does not. */
    int trialsTo(String method, String flow, double level) {
        return trialsTo(
                IntStream.rangeClosed(1, TRIALS)
                        .mapToDouble(trials -> mean(method, flow, trials))
                        .toArray(),
                level);
    }

    /**
     * How many trials a method needs on each task until it is where another one ends, seed by seed; one more than there are if it
     * does not get there.
     *
     * @param other the method that is to be reached
     * @return task → seed; of the flows together where none is named
     */
    List<int[]> trialsToEnd(String method, String flow, String other) {
        List<double[][]> ours =
                flows(method, flow).stream().flatMap(List::stream).toList();
        List<double[][]> theirs =
                flows(other, flow).stream().flatMap(List::stream).toList();
        List<int[]> trials = new ArrayList<>();
        for (int task = 0; task < ours.size(); task++) {
            int[] bySeed = new int[settings.seeds()];
            for (int seed = 0; seed < bySeed.length; seed++) {
                bySeed[seed] = trialsTo(ours.get(task)[seed], theirs.get(task)[seed][TRIALS - 1]);
            }
            trials.add(bySeed);
        }
        return trials;
    }

    private static int trialsTo(double[] regrets, double level) {
        int trials = 1;
        while (trials <= regrets.length && regrets[trials - 1] > level) {
            trials++;
        }
        return trials;
    }
}
