package io.homeostat.benchmarks.drift;

import io.homeostat.benchmarks.harness.Benchmark;
import io.homeostat.benchmarks.harness.Figures;
import io.homeostat.benchmarks.harness.Table;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Losses per second that a detector reads, by JMH, one thread, a fork per detector. The figures are per second of CPU
 * time, which is a second where the core is not shared; the table has the wall clock beside it.
 */
public final class DriftJmh implements Benchmark {
    private static final List<String> DETECTORS = List.of(
            Contender.DEFAULT,
            Contender.PLAIN,
            "adwin",
            "page-hinkley",
            "ddm",
            "eddm",
            "hddm-a",
            "hddm-w",
            "kswin",
            "MOA ADWIN",
            "MOA DDM",
            "MOA EDDM",
            "MOA HDDM_A",
            "MOA HDDM_W",
            "MOA PageHinkley",
            "MOA RDDM");

    @Override
    public Figures run() throws RunnerException {
        Map<String, Double> perSecond = new LinkedHashMap<>();
        Table table = new Table("detector", "M/s of CPU time", "± (99.9 %)", "M/s of wall clock", "cores had", "load");
        for (String detector : DETECTORS) {
            RunResult result = measure(detector);
            double wall = result.getPrimaryResult().getScore();
            double share = Objects.requireNonNull(result.getSecondaryResults().get(CpuShare.NAME))
                    .getScore();
            perSecond.put(detector, wall / share);
            System.out.printf(Locale.ROOT, "… %-16s %.1f M/s%n", detector, wall / share / 1e6);
            table.row(
                    detector,
                    text(wall / share / 1e6),
                    text(result.getPrimaryResult().getScoreError() / share / 1e6),
                    text(wall / 1e6),
                    text(share),
                    text(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
        }
        System.out.println("\n" + table);
        return new Figures()
                .add("eDetectorPerSecond", perSecond.getOrDefault(Contender.DEFAULT, Double.NaN))
                .add("plainEDetectorPerSecond", perSecond.getOrDefault(Contender.PLAIN, Double.NaN))
                .add("adwinPerSecond", perSecond.getOrDefault("adwin", Double.NaN))
                .add("moaAdwinPerSecond", perSecond.getOrDefault("MOA ADWIN", Double.NaN));
    }

    private static RunResult measure(String detector) throws RunnerException {
        return new Runner(new OptionsBuilder()
                        .include(DetectorSpeed.class.getName())
                        .param("detector", detector)
                        .forks(1)
                        .warmupIterations(2)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.seconds(1))
                        .addProfiler(CpuShare.class)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .runSingle();
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
