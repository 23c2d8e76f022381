package io.homeostat.benchmarks.rollout;

import io.homeostat.benchmarks.harness.Benchmark;
import io.homeostat.benchmarks.harness.Figures;
import io.homeostat.benchmarks.harness.Table;
import java.util.Locale;

/**
 * How often two equal versions are called different, by the rollout process itself judged at every event, beside a
 * z-test that is peeked at and Kayenta's rule on the same traffic.
 *
 * <p>In every second rollout both versions compute every request, in the others only in shadow, in those called "alone" never,
 * as behind a target that makes no copies. "Every label at once" is
 * the same process told not to wait for late labels, and to count all labels of a unit.
 */
public final class RolloutErrors implements Benchmark {
    private static final int ROLLOUTS = 2000;
    private static final int REQUESTS = 6000;

    /** How many runs of a rule ended how. */
    private static final class Tally {
        private final int[] ended = new int[Outcome.values().length];

        void add(Outcome outcome) {
            ended[outcome.ordinal()]++;
        }

        double share(Outcome outcome) {
            return (double) ended[outcome.ordinal()] / ROLLOUTS;
        }

        String text(Outcome outcome) {
            double share = share(outcome);
            double around = 1.96 * Math.sqrt(share * (1 - share) / ROLLOUTS);
            return String.format(Locale.ROOT, "%.2f %% ± %.2f", 100 * share, 100 * around);
        }
    }

    @Override
    public Figures run() {
        Figures figures = new Figures();
        Table table = new Table("equal versions, " + ROLLOUTS + " rollouts", "rule", "promoted", "rolled back");
        for (TrafficCase kind : TrafficCase.ALL) {
            Tally process = new Tally();
            Tally careless = new Tally();
            Tally zTest = new Tally();
            Tally kayenta = new Tally();
            long began = System.nanoTime();
            for (int seed = 0; seed < ROLLOUTS; seed++) {
                String salt = kind.key() + "-" + seed;
                SimulatedTraffic traffic = new SimulatedTraffic(kind, REQUESTS, salt, salt.hashCode());
                process.add(new ProcessRun(traffic, salt, seed % 2 == 0, true).run());
                if (kind.late() || kind.heavyUsers()) {
                    careless.add(new ProcessRun(traffic, salt, seed % 2 == 0, false).run());
                }
                if (!kind.alone()) { // both are given pairs
                    zTest.add(new PeekedZTest(traffic).run());
                    kayenta.add(new KayentaRule(traffic).run());
                }
            }
            System.out.printf(Locale.ROOT, "… %s %.0f s%n", kind.key(), (System.nanoTime() - began) / 1e9);
            add(figures, table, "", "process", kind, process);
            if (kind.late() || kind.heavyUsers()) {
                add(figures, table, "everyLabelAtOnce_", "… every label at once", kind, careless);
            }
            if (!kind.alone()) {
                add(figures, table, "zTest_", "z-test, 20 looks", kind, zTest);
                add(figures, table, "kayenta_", "Kayenta, 11 looks", kind, kayenta);
            }
        }
        System.out.println("\n" + table);
        return figures;
    }

    private static void add(Figures figures, Table table, String prefix, String rule, TrafficCase kind, Tally tally) {
        table.row(kind.key(), rule, tally.text(Outcome.PROMOTED), tally.text(Outcome.ROLLED_BACK));
        figures.add(prefix + kind.key() + "_promoted", tally.share(Outcome.PROMOTED));
        figures.add(prefix + kind.key() + "_rolledBack", tally.share(Outcome.ROLLED_BACK));
    }
}
