package io.homeostat.benchmarks.study;

import io.homeostat.benchmarks.harness.Benchmark;
import io.homeostat.benchmarks.harness.Figures;
import io.homeostat.benchmarks.harness.Sample;
import io.homeostat.benchmarks.harness.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Several objectives: the hypervolume of ZDT1 to ZDT3 and DTLZ2 after {@value #TRIALS} trials, beside Optuna's NSGA-II and
 * multi-objective TPE with the same number of trials, where it is installed. Volumes are shares of what the best front
 * dominates; nothing was chosen by these problems.
 */
public final class StudyPareto implements Benchmark {
    private static final int TRIALS = 100;
    private static final int SEEDS = 20;
    private static final int SEEDS_PER_PROCESS = 5;

    private static final List<String> OURS = List.of("random", "nsga2", "nsga3", "tpe");
    private static final List<String> PEERS = List.of("optunaNsga2", "optunaTpe");

    @Override
    public Figures run() throws Exception {
        String version = OptunaPeer.version();
        List<String> samplers = new ArrayList<>(OURS);
        if (version.isEmpty()) {
            System.out.println("Optuna is not installed for /usr/bin/python3: its columns are missing");
        } else {
            samplers.addAll(PEERS);
        }
        Figures figures = new Figures();
        Table shares = new Table(
                "share of the best volume", "random", "nsga2", "nsga3", "tpe", "Optuna NSGA-II", "Optuna TPE");
        Table against =
                new Table("better by", "nsga2 than NSGA-II", "nsga3 than NSGA-II", "tpe than TPE", "tpe than NSGA-II");
        ExecutorService pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        List<ParetoProblem> problems = ParetoProblem.all();
        List<List<Future<double[]>>> parts = new ArrayList<>(); // problem by problem, sampler by sampler
        for (ParetoProblem problem : problems) {
            samplers.forEach(sampler -> parts.add(started(pool, problem, sampler)));
        }
        for (int i = 0; i < problems.size(); i++) {
            ParetoProblem problem = problems.get(i);
            List<double[]> results = new ArrayList<>();
            for (String sampler : samplers) {
                double[] found = joined(parts.get(i * samplers.size() + results.size()));
                System.out.printf(Locale.ROOT, "%s, %s: %s%n", problem.name(), sampler, new Sample(found).meanText());
                figures.add(problem.name() + "_" + sampler, new Sample(found).mean());
                results.add(found);
            }
            row(shares, against, problem, results);
        }
        pool.shutdown();
        System.out.printf("%n%d trials, %d seeds%s%n", TRIALS, SEEDS, version.isEmpty() ? "" : ", Optuna " + version);
        System.out.println(shares);
        System.out.print(version.isEmpty() ? "" : against.toString());
        return figures;
    }

    private static void row(Table shares, Table against, ParetoProblem problem, List<double[]> results) {
        Object[] cells = new Object[1 + OURS.size() + PEERS.size()];
        cells[0] = problem.name();
        for (int i = 1; i < cells.length; i++) {
            cells[i] = i <= results.size() ? new Sample(results.get(i - 1)).meanText() : "absent";
        }
        shares.row(cells);
        if (results.size() > OURS.size()) {
            double[] nsga = results.get(OURS.size());
            double[] tpe = results.get(OURS.size() + 1);
            against.row(
                    problem.name(),
                    difference(results.get(1), nsga),
                    difference(results.get(2), nsga),
                    difference(results.get(3), tpe),
                    difference(results.get(3), nsga));
        }
    }

    private static String difference(double[] ours, double[] theirs) {
        double[] differences = IntStream.range(0, ours.length)
                .mapToDouble(i -> ours[i] - theirs[i])
                .toArray();
        return new Sample(differences).meanText();
    }

    private static List<Future<double[]>> started(ExecutorService pool, ParetoProblem problem, String sampler) {
        List<Future<double[]>> parts = new ArrayList<>();
        for (int first = 0; first < SEEDS; first += SEEDS_PER_PROCESS) {
            int from = first;
            parts.add(pool.submit(
                    () -> PEERS.contains(sampler) ? peer(problem, sampler, from) : ours(problem, sampler, from)));
        }
        return parts;
    }

    private static double[] joined(List<Future<double[]>> parts) throws ExecutionException, InterruptedException {
        double[] found = new double[SEEDS];
        for (int part = 0; part < parts.size(); part++) {
            double[] some = parts.get(part).get();
            System.arraycopy(some, 0, found, part * SEEDS_PER_PROCESS, some.length);
        }
        return found;
    }

    private static double[] ours(ParetoProblem problem, String sampler, int from) {
        return IntStream.range(from, from + SEEDS_PER_PROCESS)
                .mapToDouble(seed -> ParetoStudy.share(problem, sampler, TRIALS, seed))
                .toArray();
    }

    private static double[] peer(ParetoProblem problem, String sampler, int from) throws IOException {
        double[] found = new double[SEEDS_PER_PROCESS];
        try (OptunaPeer optuna = new OptunaPeer()) {
            for (int i = 0; i < found.length; i++) {
                found[i] = ParetoStudy.share(problem, sampler, TRIALS, from + i, optuna);
            }
        }
        return found;
    }
}
