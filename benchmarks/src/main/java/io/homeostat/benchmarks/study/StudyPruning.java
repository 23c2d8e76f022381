package io.homeostat.benchmarks.study;

import io.homeostat.benchmarks.harness.Benchmark;
import io.homeostat.benchmarks.harness.Figures;
import io.homeostat.benchmarks.harness.Table;
import io.homeostat.benchmarks.study.PrunedStudy.Contender;
import io.homeostat.benchmarks.study.PrunedStudy.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Early stopping on recorded learning curves: how near to the regret of full training a study gets with 15 % of its
 * epochs, spent on as many trials as that allows; and how many epochs the same trials take. Full training ends a
 * diverging trial where it diverges.
 *
 * <p>The made-up curves are those that defaults and {@code auto} were chosen by; the recorded ones have the word.
 */
public final class StudyPruning implements Benchmark {
    private static final int SEEDS = 40;
    private static final int TRIALS = 100;
    private static final double SHARE = 0.15;
    private static final int RESAMPLES = 2_000;

    private static final Contender FULL = new Contender("full", "never");
    private static final List<Contender> CONTENDERS = List.of(
            FULL,
            new Contender("auto", "auto"),
            new Contender("median", "median"),
            new Contender("percentile", "percentile"),
            new Contender("patient", "patient"),
            new Contender("successiveHalving", "successive-halving"),
            new Contender("asha", "asha"),
            new Contender(
                    "ashaPromotion",
                    Map.of("asha", Map.of("kind", "promotion")),
                    Map.of("promoting", Map.of("sampler", "random"))),
            new Contender("hyperband", "hyperband"),
            new Contender("extrapolation", "extrapolation"));

    @Override
    public Figures run() throws Exception {
        Figures figures = new Figures();
        measure("made-up curves", SyntheticCurves.tables(), "synthetic_", figures);
        measure("taskset_rnn", CurveTable.taskset(), "", figures);
        return figures;
    }

    /** Mean regret over the tasks and sums of epochs and trials, for each seed. */
    private record Runs(double[] regret, double[] epochs, double[] trials) {}

    /** How many epochs a study on a table may train. */
    private interface Limit {
        long epochs(int seed, int task);
    }

    private static void measure(String what, List<CurveTable> tables, String prefix, Figures figures) {
        System.out.printf(
                Locale.ROOT,
                "%s: %d tasks, %d seeds, full training of %d random trials%n",
                what,
                tables.size(),
                SEEDS,
                TRIALS);
        Runs full = runs(tables, FULL, TRIALS, (seed, task) -> Long.MAX_VALUE);
        long[][] took = new long[SEEDS][tables.size()];
        for (int seed = 0; seed < SEEDS; seed++) {
            for (int k = 0; k < tables.size(); k++) {
                took[seed][k] = PrunedStudy.run(tables.get(k), FULL, seed, TRIALS, Long.MAX_VALUE)
                        .epochs();
            }
        }
        Limit share = (seed, task) -> (long) (SHARE * took[seed][task]);
        Table same = new Table("15 % of the epochs", "trials", "epochs", "regret", "ratio to full training");
        Table equal = new Table("the same trials", "trials", "epochs", "regret", "ratio to full training");
        for (Contender contender : CONTENDERS) {
            Runs cheap = runs(tables, contender, Integer.MAX_VALUE, share);
            row(same, contender, cheap, full);
            Runs paired = runs(tables, contender, TRIALS, (seed, task) -> Long.MAX_VALUE);
            row(equal, contender, paired, full);
            String key = prefix + contender.key();
            figures.add(key + "_epochsShare", ratio(cheap.epochs, full.epochs));
            figures.add(key + "_regretRatio", ratio(cheap.regret, full.regret));
            figures.add(key + "_sameTrialsEpochsShare", ratio(paired.epochs, full.epochs));
            figures.add(key + "_sameTrialsRegretRatio", ratio(paired.regret, full.regret));
            System.out.print(contender.key() + " ");
        }
        System.out.printf("%n%s%n%s%n", same, equal);
    }

    private static void row(Table table, Contender contender, Runs runs, Runs full) {
        table.row(
                contender.key(),
                String.format(Locale.ROOT, "%.0f", mean(runs.trials)),
                text(runs.epochs, full.epochs),
                String.format(Locale.ROOT, "%.4f", mean(runs.regret)),
                text(runs.regret, full.regret));
    }

    private static Runs runs(List<CurveTable> tables, Contender contender, int trials, Limit limit) {
        Runs runs = new Runs(new double[SEEDS], new double[SEEDS], new double[SEEDS]);
        for (int seed = 0; seed < SEEDS; seed++) {
            for (int k = 0; k < tables.size(); k++) {
                Outcome outcome = PrunedStudy.run(tables.get(k), contender, seed, trials, limit.epochs(seed, k));
                runs.regret[seed] += outcome.regret() / tables.size();
                runs.epochs[seed] += outcome.epochs() / (double) tables.size();
                runs.trials[seed] += outcome.trials() / (double) tables.size();
            }
        }
        return runs;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double ratio(double[] values, double[] full) {
        return mean(values) / mean(full);
    }

    /** The ratio of means with its 95 % bootstrap interval over seeds, paired. */
    private static String text(double[] values, double[] full) {
        SplittableRandom random = new SplittableRandom(7);
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < RESAMPLES; i++) {
            double above = 0;
            double below = 0;
            for (int j = 0; j < SEEDS; j++) {
                int drawn = random.nextInt(SEEDS);
                above += values[drawn];
                below += full[drawn];
            }
            ratios.add(above / below);
        }
        ratios.sort(null);
        return String.format(
                Locale.ROOT,
                "%.3f (%.3f–%.3f)",
                ratio(values, full),
                ratios.get(RESAMPLES * 25 / 1000),
                ratios.get(RESAMPLES * 975 / 1000));
    }
}
