package io.homeostat.benchmarks.study;

import io.homeostat.benchmarks.harness.Benchmark;
import io.homeostat.benchmarks.harness.Figures;
import io.homeostat.benchmarks.harness.Sample;
import io.homeostat.benchmarks.harness.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Several objectives: the hypervolume of ZDT1 to ZDT3 and DTLZ2 after 100 trials, beside Optuna's NSGA-II and
 * multi-objective TPE with the same number of trials, where it is installed. Volumes are shares of what the best front
 * dominates; nothing was chosen by these problems. Settings: {@link StudySettings}.
 */
public final class StudyPareto implements Benchmark {
    private static final int SEEDS_PER_PART = 5;

    private static final List<String> PEERS = List.of("optunaNsga2", "optunaTpe");
    private static final List<String> ALL =
            List.of("auto", "random", "nsga2", "nsga3", "tpe", "gp", "optunaNsga2", "optunaTpe");

    private final StudySettings settings = StudySettings.read();
    private final RegretCache cache = new RegretCache(settings.cache());

    @Override
    public Figures run() throws Exception {
        List<String> samplers = settings.contenders(ALL, PEERS);
        List<ParetoProblem> problems = settings.part().equals("development")
                ? DevelopmentProblems.all()
                : ParetoProblem.all().stream()
                        .filter(p -> p.name().contains(settings.part()))
                        .toList();
        ExecutorService pool = Executors.newFixedThreadPool(settings.threads());
        List<List<Future<double[]>>> started = new ArrayList<>(); // problem by problem, sampler by sampler
        for (ParetoProblem problem : problems) {
            samplers.forEach(sampler -> started.add(parts(pool, problem, sampler)));
        }
        Figures figures = new Figures();
        List<String> heads = new ArrayList<>(List.of("share of the best volume"));
        heads.addAll(samplers);
        Table shares = new Table(heads.toArray(String[]::new));
        List<Table> gaps = new ArrayList<>();
        for (String peer : samplers) {
            heads.set(0, "better than " + peer);
            gaps.add(new Table(heads.toArray(String[]::new)));
        }
        for (int i = 0; i < problems.size(); i++) {
            ParetoProblem problem = problems.get(i);
            List<double[]> found = new ArrayList<>();
            for (String sampler : samplers) {
                double[] some = joined(started.get(i * samplers.size() + found.size()));
                System.out.println(problem.name() + ", " + sampler + ": " + new Sample(some).meanText());
                figures.add(problem.name() + "_" + sampler, new Sample(some).mean());
                found.add(some);
            }
            shares.row(row(problem, found, some -> new Sample(some).meanText()));
            for (int k = 0; k < gaps.size(); k++) {
                double[] peer = found.get(k);
                gaps.get(k).row(row(problem, found, some -> gap(some, peer)));
            }
        }
        pool.shutdown();
        System.out.printf("%n%d trials, %d seeds%n%s", settings.trials(), settings.seeds(), shares);
        IntStream.range(0, gaps.size())
                .filter(k -> PEERS.contains(samplers.get(k)) || samplers.get(k).equals("auto"))
                .forEach(k -> System.out.printf("%n%s", gaps.get(k)));
        return figures;
    }

    private static Object[] row(ParetoProblem problem, List<double[]> found, Function<double[], String> cell) {
        List<Object> cells = new ArrayList<>(List.of(problem.name()));
        found.forEach(some -> cells.add(cell.apply(some)));
        return cells.toArray();
    }

    private static String gap(double[] ours, double[] theirs) {
        double[] gaps = new double[ours.length];
        for (int seed = 0; seed < gaps.length; seed++) {
            gaps[seed] = ours[seed] - theirs[seed];
        }
        return new Sample(gaps).meanText();
    }

    private List<Future<double[]>> parts(ExecutorService pool, ParetoProblem problem, String sampler) {
        List<Future<double[]>> parts = new ArrayList<>();
        for (int from = 0; from < settings.seeds(); from += SEEDS_PER_PART) {
            int first = from;
            int count = Math.min(SEEDS_PER_PART, settings.seeds() - from);
            Callable<double[]> part = PEERS.contains(sampler)
                    ? () -> peer(problem, sampler, first, count)
                    : () -> ours(problem, sampler, first, count);
            parts.add(pool.submit(part));
        }
        return parts;
    }

    private static double[] joined(List<Future<double[]>> parts) throws Exception {
        List<Double> found = new ArrayList<>();
        for (Future<double[]> part : parts) {
            for (double share : part.get()) {
                found.add(share);
            }
        }
        return found.stream().mapToDouble(share -> share).toArray();
    }

    private double[] ours(ParetoProblem problem, String sampler, int first, int count) throws IOException {
        double[] found = new double[count];
        for (int i = 0; i < count; i++) {
            int seed = first + i;
            RegretCache.Run run = () -> new double[] {ParetoStudy.share(problem, sampler, settings.trials(), seed)};
            found[i] = settings.keepsOurs() ? cache.get(key(problem, sampler, seed), run)[0] : run.numbers()[0];
        }
        return found;
    }

    private double[] peer(ParetoProblem problem, String sampler, int first, int count) throws IOException {
        double[] found = new double[count];
        try (OptunaPeer optuna = new OptunaPeer()) {
            for (int i = 0; i < count; i++) {
                int seed = first + i;
                found[i] = cache.get(key(problem, sampler, seed), () ->
                        new double[] {ParetoStudy.share(problem, sampler, settings.trials(), seed, optuna)})[0];
            }
        }
        return found;
    }

    private String key(ParetoProblem problem, String sampler, int seed) {
        return "pareto," + problem.name() + "," + sampler + settings.trials() + "," + seed;
    }
}
