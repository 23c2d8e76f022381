package io.homeostat.benchmarks.drift;

import io.homeostat.benchmarks.drift.Contender.AlarmSource;
import io.homeostat.benchmarks.harness.Benchmark;
import io.homeostat.benchmarks.harness.Figures;
import io.homeostat.benchmarks.harness.Sample;
import io.homeostat.benchmarks.harness.Table;
import io.homeostat.drift.statistics.profile.ReferenceError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * How soon a rise of an error rate is found, and how often one is seen that is not there.
 *
 * <p>A run: 5,000 labels (the reference of the e-detector, the first losses of the others), 5,000 more at the same rate,
 * then the new rate. The delay counts from the change; an alarm before it is a false one, and the run goes on. False
 * alarms are counted on stationary streams of 100,000 losses after the reference, so the luck of a reference is in them.
 * Every detector reads the same losses.
 */
public final class DriftDelay implements Benchmark {
    private static final int REFERENCE = 5_000;
    private static final int STATIONARY = 5_000;
    private static final int LONG = 100_000;
    private static final int PATIENCE = 50_000;
    private static final int SEEDS = 50;
    private static final int MANY_SEEDS = 500;

    private static final Pair[] PAIRS = {
        new Pair(.20, .30), new Pair(.20, .40), new Pair(.05, .10), new Pair(.02, .05),
    };
    private static final Pair[] MORE_PAIRS = {
        new Pair(.005, .05),
        new Pair(.01, .02),
        new Pair(.02, .20),
        new Pair(.05, .20),
        new Pair(.10, .15),
        new Pair(.10, .20),
        new Pair(.20, .25),
        new Pair(.30, .40),
        new Pair(.30, .60),
        new Pair(.50, .60),
    };
    private static final double[] RATES = {.20, .05, .02};

    /** A rate before and after. */
    private record Pair(double from, double to) {
        String text() {
            return String.format(Locale.ROOT, "%s → %s", percent(from), percent(to));
        }

        String key() {
            return String.format(Locale.ROOT, "delay_%02.0f_%02.0f", from * 100, to * 100);
        }
    }

    /** The delays of the runs that found the change. */
    private record Delays(List<Integer> found, int missed) {
        double mean() {
            return found.isEmpty() ? Double.NaN : Sample.of(found).mean();
        }

        String text() {
            String text = found.isEmpty() ? "–" : Sample.of(found).meanText();
            return missed == 0 ? text : text + " missed " + missed;
        }
    }

    @Override
    public Figures run() {
        Map<String, double[]> alarms = new LinkedHashMap<>();
        Map<String, double[]> delays = new LinkedHashMap<>();
        Table table = table(
                "detector, " + SEEDS + " seeds: mean delay (95 %)", PAIRS, "alarms/5,000 at 20 %", "at 5 %", "at 2 %");
        for (Contender contender : Contender.ALL) {
            System.out.println("… " + contender.name());
            double[] false5000 = new double[RATES.length];
            for (int i = 0; i < RATES.length; i++) {
                false5000[i] = falseAlarms(contender, RATES[i]);
            }
            List<Object> cells = new ArrayList<>(List.of(contender.name()));
            delays.put(contender.name(), delays(contender, PAIRS, SEEDS, cells));
            alarms.put(contender.name(), false5000);
            for (double each : false5000) {
                cells.add(String.format(Locale.ROOT, "%.3f", each));
            }
            table.row(cells.toArray());
        }
        System.out.println("\n" + table);
        Figures figures = new Figures();
        add(figures, "", Contender.DEFAULT, delays, alarms);
        add(figures, "moaAdwin_", Contender.MOA_ADWIN, delays, alarms);
        add(figures, "moaDdm_", Contender.MOA + "DDM", delays, alarms);
        more(figures);
        return figures;
    }

    /* Beyond the four pairs, and with more seeds: whether the bets fit only those. */
    private static void more(Figures figures) {
        for (Pair[] pairs : new Pair[][] {PAIRS, MORE_PAIRS}) {
            Table table = new Table("pair, " + MANY_SEEDS + " seeds", "e-detector", "adwin", Contender.MOA_ADWIN);
            for (Pair pair : pairs) {
                List<Object> cells = new ArrayList<>(List.of(pair.text()));
                for (String name : List.of(Contender.DEFAULT, "adwin", Contender.MOA_ADWIN)) {
                    double[] mean = delays(Contender.named(name), new Pair[] {pair}, MANY_SEEDS, cells);
                    if (pairs == PAIRS && name.equals(Contender.DEFAULT)) {
                        figures.add(pair.key() + "_" + MANY_SEEDS + "seeds", mean[0]);
                    }
                }
                table.row(cells.toArray());
            }
            System.out.println(table);
        }
    }

    private static Table table(String head, Pair[] pairs, String... tail) {
        List<String> heads = new ArrayList<>(List.of(head));
        for (Pair pair : pairs) {
            heads.add(pair.text());
        }
        heads.addAll(List.of(tail));
        return new Table(heads.toArray(String[]::new));
    }

    private static double[] delays(Contender contender, Pair[] pairs, int seeds, List<Object> cells) {
        double[] means = new double[pairs.length];
        for (int i = 0; i < pairs.length; i++) {
            Delays delays = delays(contender, pairs[i], seeds);
            means[i] = delays.mean();
            cells.add(delays.text());
        }
        return means;
    }

    private static Delays delays(Contender contender, Pair pair, int seeds) {
        List<Integer> found = new ArrayList<>();
        int missed = 0;
        for (int seed = 0; seed < seeds; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            AlarmSource detector = referred(contender, random, pair.from);
            alarms(detector, random, pair.from, STATIONARY);
            int delay = 1;
            while (delay <= PATIENCE && !alarm(detector, random, pair.to, delay)) {
                delay++;
            }
            if (delay > PATIENCE) {
                missed++;
            } else {
                found.add(delay);
            }
        }
        return new Delays(found, missed);
    }

    private static double falseAlarms(Contender contender, double rate) {
        long alarms = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            SplittableRandom random = new SplittableRandom(1_000 + seed);
            alarms += alarms(referred(contender, random, rate), random, rate, LONG);
        }
        return alarms * 5_000.0 / ((double) LONG * SEEDS);
    }

    /* A detector with a reference starts after it; the others read it. */
    private static AlarmSource referred(Contender contender, SplittableRandom random, double rate) {
        double[] losses = new double[REFERENCE];
        double sum = 0;
        for (int i = 0; i < REFERENCE; i++) {
            losses[i] = draw(random, rate);
            sum += losses[i];
        }
        AlarmSource detector = contender.start().apply(ReferenceError.ofRate(sum / REFERENCE, REFERENCE));
        for (int i = 0; i < REFERENCE && !contender.hasReference(); i++) {
            detector.alarm(losses[i], classOf(i));
        }
        return detector;
    }

    private static int alarms(AlarmSource detector, SplittableRandom random, double rate, int losses) {
        int alarms = 0;
        for (int i = 0; i < losses; i++) {
            alarms += alarm(detector, random, rate, i) ? 1 : 0;
        }
        return alarms;
    }

    private static boolean alarm(AlarmSource detector, SplittableRandom random, double rate, int row) {
        return detector.alarm(draw(random, rate), classOf(row));
    }

    /* Rows are of two classes in turn, in which errors are alike. */
    private static String classOf(int row) {
        return row % 2 == 0 ? "0" : "1";
    }

    private static double draw(SplittableRandom random, double rate) {
        return random.nextDouble() < rate ? 1 : 0;
    }

    /* The worst of the rates stands for the false alarms. */
    private static void add(
            Figures figures, String prefix, String name, Map<String, double[]> delays, Map<String, double[]> alarms) {
        double[] means = delays.getOrDefault(name, new double[0]);
        for (int i = 0; i < means.length; i++) {
            figures.add(prefix + PAIRS[i].key(), means[i]);
        }
        double worst = 0;
        for (double each : alarms.getOrDefault(name, new double[0])) {
            worst = Math.max(worst, each);
        }
        figures.add(prefix + "falseAlarmsPer5000", worst);
    }

    private static String percent(double rate) {
        return String.format(Locale.ROOT, rate * 100 % 1 == 0 ? "%.0f %%" : "%.1f %%", rate * 100);
    }
}
