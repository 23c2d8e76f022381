package io.homeostat.benchmarks.drift;

import io.homeostat.benchmarks.harness.Benchmark;
import io.homeostat.benchmarks.harness.Figures;
import io.homeostat.benchmarks.harness.Sample;
import io.homeostat.benchmarks.harness.Table;
import io.homeostat.drift.statistics.correction.Persistence;
import io.homeostat.drift.statistics.monitor.Monitor;
import io.homeostat.drift.statistics.monitor.MonitorConfig;
import io.homeostat.drift.statistics.monitor.MonitorInput.ChampionChanged;
import io.homeostat.drift.statistics.monitor.MonitorInput.WindowClosed;
import io.homeostat.drift.statistics.monitor.MonitorState;
import io.homeostat.drift.statistics.monitor.MonitorStep;
import io.homeostat.drift.statistics.monitor.Signal;
import io.homeostat.drift.statistics.monitor.TestPolicy;
import io.homeostat.drift.statistics.performance.Task;
import io.homeostat.drift.statistics.profile.Reference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.math3.distribution.BetaDistribution;

/**
 * How often a monitor of many features is wrong, and how often it misses a small shift.
 *
 * <p>The first part: 200 normal features, 60 windows of 2,000 rows against a reference of 20,000, four features shifted by
 * .15 σ from window 20 on; and the same without any shift. A feature counts as drifted when it is flagged, after the
 * correction over all tests of the window, in two windows in a row: what the monitor believes. Power is the share of
 * (shifted feature, window from the second shifted one on) so found.
 *
 * <p>The second: no drift at all, windows of 200 to 100,000 rows of four kinds of features, 200 of them up to 1,000 rows
 * and 20 beyond; how often any feature is
 * flagged in a window, before it has to last. The budget is q = .05.
 */
public final class ManyFeatures implements Benchmark {
    private static final int SEEDS = 10;
    private static final int FEATURES = 200;
    private static final int WINDOWS = 60;
    private static final int ROWS = 2_000;
    private static final int REFERENCE = 20_000;
    private static final int SHIFTED = 4;
    private static final int SHIFTED_FROM = 20;
    private static final double SHIFT = 0.15;
    private static final double BUDGET = TestPolicy.DEFAULT.fdr();

    @Override
    public Figures run() {
        Counts shifted = new Counts();
        Counts quiet = new Counts();
        for (int seed = 1; seed <= SEEDS; seed++) {
            watch(seed, SHIFTED, shifted);
            watch(seed + 1_000L, 0, quiet);
            System.out.printf("seed %d of %d%n", seed, SEEDS);
        }
        System.out.println();
        System.out.println(lasting(shifted, quiet));
        Table table = new Table(
                "window rows", "reference rows", "features", "windows", "flagged", "rate (95 %)", "KS p < .05 alone");
        double worst = 0;
        for (Size size : Size.ALL) {
            Counts counts = size.measure();
            worst = Math.max(worst, counts.rate());
            table.row(
                    String.format(Locale.ROOT, "%,d", size.rows),
                    String.format(Locale.ROOT, "%,d", size.reference),
                    size.features,
                    counts.windows,
                    counts.flagged,
                    counts.rateText(),
                    counts.naive + " of " + counts.windows);
            System.out.printf("%,d rows against %,d: %s%n", size.rows, size.reference, counts.rateText());
        }
        System.out.println(table);
        return new Figures()
                .add("windowsWithFalseAlarm", shifted.falseAlarms + quiet.falseAlarms)
                .add("windows", shifted.windows + quiet.windows)
                .add("power", shifted.power())
                .add("powerOfWorstSeed", Sample.of(shifted.powers).min())
                .add("worstFamilyWiseRate", worst)
                .add("budget", BUDGET);
    }

    private static Table lasting(Counts shifted, Counts quiet) {
        Table table = new Table("", "four shifted by .15 σ", "none shifted");
        table.row("windows", shifted.windows, quiet.windows);
        table.row("windows with a lasting false alarm", shifted.falseAlarms, quiet.falseAlarms);
        table.row("windows with a false flag before persistence", shifted.flagged, quiet.flagged);
        table.row("windows with a false KS p < .05", shifted.naive, quiet.naive);
        table.row("false KS p < .05, features", shifted.naiveFeatures, quiet.naiveFeatures);
        table.row("data-drift alarms raised", shifted.alarms, quiet.alarms);
        table.row("power, lasting (95 % over seeds)", Sample.of(shifted.powers).meanText(), "–");
        table.row(
                "flags in shifted windows",
                String.format(
                        Locale.ROOT,
                        "%d by Wasserstein, %d by KS, %d by PSI",
                        shifted.byWasserstein,
                        shifted.byKs,
                        shifted.byPsi),
                "–");
        return table;
    }

    /* One run of 60 windows through the monitor. */
    private static void watch(long seed, int shiftedFeatures, Counts counts) {
        FeatureTraffic traffic = new FeatureTraffic(FEATURES, true, seed);
        Watch watch = new Watch(traffic, REFERENCE);
        long foundBefore = counts.found;
        long chancesBefore = counts.chances;
        for (int w = 0; w < WINDOWS; w++) {
            boolean isShifted = shiftedFeatures > 0 && w >= SHIFTED_FROM;
            int drifting = isShifted ? shiftedFeatures : 0;
            Set<String> lasting = watch.window(w, ROWS, drifting, counts);
            counts.windows++;
            int found = 0;
            for (int i = 0; i < drifting; i++) {
                found += lasting.contains("f" + i) ? 1 : 0;
            }
            counts.falseAlarms += lasting.size() > found ? 1 : 0;
            if (isShifted && w > SHIFTED_FROM) {
                counts.found += found;
                counts.chances += drifting;
            }
        }
        if (shiftedFeatures > 0) {
            double power = (double) (counts.found - foundBefore) / (counts.chances - chancesBefore);
            counts.powers.add(power);
        }
    }

    /** A monitor of traffic with its reference, and the rule of two windows beside it, feature by feature. */
    private static final class Watch {
        private final FeatureTraffic traffic;
        private final Reference reference;
        private final Monitor monitor;
        private final MonitorState state;
        private final Persistence persistence = new Persistence(TestPolicy.DEFAULT.persistence());

        Watch(FeatureTraffic traffic, int rows) {
            this.traffic = traffic;
            this.reference = traffic.reference(rows);
            MonitorConfig config = MonitorConfig.of(Task.BINARY, traffic.schema(), FeatureTraffic.WINDOW);
            this.monitor = new Monitor(config);
            this.state = MonitorState.initial(config);
            monitor.on(state, new ChampionChanged("v1", Optional.of(reference), 1));
        }

        /* The features that are drifted and lasting. */
        Set<String> window(int number, int rows, int shifted, Counts counts) {
            var profile = traffic.window(reference, number, rows, shifted, SHIFT);
            MonitorStep step = monitor.on(state, new WindowClosed(profile, "v1"));
            Set<String> flagged = new HashSet<>();
            int naive = 0;
            boolean falseFlag = false;
            for (Signal signal : step.signals()) {
                boolean truly = Integer.parseInt(signal.feature().substring(1)) < shifted;
                if (signal.drifted()) {
                    flagged.add(signal.feature());
                    falseFlag |= !truly;
                }
                naive += !truly && signal.test().equals("ks") && isNaivelySignificant(signal) ? 1 : 0;
                if (truly && signal.drifted()) {
                    counts.byWasserstein += signal.test().equals("wasserstein") ? 1 : 0;
                    counts.byKs += signal.test().equals("ks") ? 1 : 0;
                    counts.byPsi += signal.test().equals("psi") ? 1 : 0;
                }
            }
            counts.flagged += falseFlag ? 1 : 0;
            counts.naive += naive > 0 ? 1 : 0;
            counts.naiveFeatures += naive;
            counts.alarms += step.alarm().isPresent() ? 1 : 0;
            Set<String> lasting = new HashSet<>();
            for (String feature : traffic.schema().features().keySet()) {
                if (persistence
                        .note(feature, flagged.contains(feature), profile.from())
                        .isPresent()) {
                    lasting.add(feature);
                }
            }
            return lasting;
        }
    }

    /* What a Kolmogorov–Smirnov test says at the 5 % level, without gate, correction or persistence. */
    private static boolean isNaivelySignificant(Signal ks) {
        return ks.statistic() > 1.358 * Math.sqrt(1.0 / ks.n() + 1.0 / ks.m());
    }

    /** A size of windows, of references, and how many features and windows are looked at. */
    private record Size(int rows, int reference, int features, int references, int windows) {
        static final Size[] ALL = {
            new Size(200, 200, 200, 100, 5),
            new Size(200, 20_000, 200, 10, 40),
            new Size(500, 500, 200, 100, 5),
            new Size(500, 20_000, 200, 10, 20),
            new Size(1_000, 1_000, 200, 60, 5),
            new Size(1_000, 20_000, 200, 10, 20),
            new Size(5_000, 5_000, 20, 40, 5),
            new Size(5_000, 20_000, 20, 10, 20),
            new Size(20_000, 20_000, 20, 20, 10),
            new Size(100_000, 20_000, 20, 10, 10),
            new Size(100_000, 100_000, 20, 10, 10),
        };

        Counts measure() {
            Counts counts = new Counts();
            for (int r = 0; r < references; r++) {
                Watch watch = new Watch(new FeatureTraffic(features, false, 7_919L * r + rows + reference), reference);
                for (int w = 0; w < windows; w++) {
                    watch.window(w, rows, 0, counts);
                    counts.windows++;
                }
            }
            return counts;
        }
    }

    /** What was counted. */
    private static final class Counts {
        int windows;
        int falseAlarms;
        int flagged;
        int naive;
        int naiveFeatures;
        int alarms;
        long found;
        long chances;
        final List<Double> powers = new ArrayList<>();
        int byWasserstein;
        int byKs;
        int byPsi;

        double power() {
            return chances == 0 ? Double.NaN : (double) found / chances;
        }

        double rate() {
            return (double) flagged / windows;
        }

        /* with the interval of Clopper and Pearson */
        String rateText() {
            double low = flagged == 0
                    ? 0
                    : new BetaDistribution(null, flagged, windows - flagged + 1.0).inverseCumulativeProbability(0.025);
            double high =
                    new BetaDistribution(null, flagged + 1.0, windows - flagged).inverseCumulativeProbability(0.975);
            return String.format(Locale.ROOT, "%.3f (%.3f–%.3f)", rate(), low, high);
        }
    }
}
