package io.homeostat.benchmarks.study;

import io.homeostat.benchmarks.harness.Benchmark;
import io.homeostat.benchmarks.harness.Figures;
import io.homeostat.benchmarks.harness.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What eight workers at a time cost: the mean normalised regret of {@code auto} with eight running trials, which end in an
 * order drawn from the seed, over that with one, after the same number of trials; on the tasks of {@link StudyCold}. And how
 * many trials began at a point where another was running. Settings: {@link StudySettings}.
 *
 * <p>The ratio in the figures is that of the regret after 100 trials; its interval is a bootstrap over seeds, paired.
 */
public final class StudyParallel implements Benchmark {
    private static final int SEEDS = 40; // with 20 the interval of the ratio is ±.065
    private static final int WORKERS = 8;
    private static final int RESAMPLES = 2_000;
    private static final String ONE = " by one worker";
    private static final String MANY = " by eight";

    private final StudySettings settings = StudySettings.read(SEEDS);
    private final RegretCache cache = new RegretCache(settings.cache());

    @Override
    public Figures run() throws Exception {
        List<String> samplers = settings.samplers().isEmpty() ? List.of("auto", "tpe") : settings.samplers();
        Regrets regrets = new Regrets(settings.seeds());
        List<Integer> shared = new ArrayList<>();
        try (StudyRuns runs = new StudyRuns(settings.tasks(), settings.seeds(), settings.threads())) {
            for (String sampler : samplers) {
                AtomicInteger count = new AtomicInteger();
                runs.add(regrets, sampler + ONE, (task, seed) -> run(sampler, task, seed, 1));
                runs.add(regrets, sampler + MANY, (task, seed) -> {
                    double[] numbers = run(sampler, task, seed, WORKERS);
                    count.addAndGet((int) numbers[ColdStudy.TRIALS.length]);
                    return numbers;
                });
                shared.add(count.get());
            }
        }
        for (String family : regrets.families()) {
            System.out.println(table(regrets, samplers, family));
        }
        return figures(regrets, samplers, shared);
    }

    /** The regrets, and then, with several workers, the number of shared points. */
    private double[] run(String sampler, Task task, long seed, int workers) throws IOException {
        String contender = workers == 1 ? sampler : sampler + workers;
        RegretCache.Run run = () -> {
            ColdStudy.Outcome outcome = ColdStudy.run(task, sampler, seed, workers);
            double[] numbers = Arrays.copyOf(outcome.regrets(), outcome.regrets().length + 1);
            numbers[outcome.regrets().length] = outcome.shared();
            return numbers;
        };
        return settings.keepsOurs() ? cache.get(contender, task, seed, run) : run.numbers();
    }

    private static Table table(Regrets regrets, List<String> samplers, String family) {
        Table table = new Table(family, "10 trials", "20", "50", "100");
        for (String sampler : samplers) {
            for (String workers : List.of(ONE, MANY)) {
                List<Object> cells = new ArrayList<>(List.of(sampler + workers));
                for (int at = 0; at < ColdStudy.TRIALS.length; at++) {
                    cells.add(String.format(Locale.ROOT, "%.4f", mean(regrets.bySeed(sampler + workers, family, at))));
                }
                table.row(cells.toArray());
            }
            List<Object> cells = new ArrayList<>(List.of(sampler + ", ratio"));
            for (int at = 0; at < ColdStudy.TRIALS.length; at++) {
                double[] one = regrets.bySeed(sampler + ONE, family, at);
                double[] many = regrets.bySeed(sampler + MANY, family, at);
                double[] interval = interval(many, one);
                cells.add(String.format(
                        Locale.ROOT, "%.2f (%.2f–%.2f)", mean(many) / mean(one), interval[0], interval[1]));
            }
            table.row(cells.toArray());
        }
        return table;
    }

    private static Figures figures(Regrets regrets, List<String> samplers, List<Integer> shared) {
        Figures figures = new Figures();
        for (int k = 0; k < samplers.size(); k++) {
            String sampler = samplers.get(k);
            String prefix = k == 0 ? "" : sampler + "_";
            int last = ColdStudy.TRIALS.length - 1;
            double one = mean(regrets.bySeed(sampler + ONE, Regrets.ALL, last));
            double many = mean(regrets.bySeed(sampler + MANY, Regrets.ALL, last));
            figures.add(prefix + "regretRatio8Workers", many / one);
            figures.add(prefix + "sharedPoints", shared.get(k));
        }
        return figures;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    /** The 95 % bootstrap interval of the ratio of means, seeds drawn in pairs. */
    private static double[] interval(double[] above, double[] below) {
        SplittableRandom random = new SplittableRandom(7);
        double[] ratios = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            double over = 0;
            double under = 0;
            for (int j = 0; j < above.length; j++) {
                int seed = random.nextInt(above.length);
                over += above[seed];
                under += below[seed];
            }
            ratios[i] = over / under;
        }
        Arrays.sort(ratios);
        return new double[] {ratios[RESAMPLES * 25 / 1000], ratios[RESAMPLES * 975 / 1000]};
    }
}
