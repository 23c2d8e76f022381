package io.homeostat.benchmarks.drift.throughput;

import io.homeostat.drift.statistics.monitor.Monitor;
import io.homeostat.drift.statistics.monitor.MonitorConfig;
import io.homeostat.drift.statistics.monitor.MonitorInput;
import io.homeostat.drift.statistics.monitor.MonitorState;
import io.homeostat.drift.statistics.performance.Task;
import io.homeostat.drift.statistics.profile.FeatureType;
import io.homeostat.drift.statistics.profile.Profile;
import io.homeostat.drift.statistics.profile.Reference;
import io.homeostat.drift.statistics.profile.ReferenceBuilder;
import io.homeostat.drift.statistics.profile.Schema;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** What profiles and tests cost without a stream around them: one thread, twenty normal columns, rows that are there. */
final class ProfileCost {
    private static final int COLUMNS = 20;
    private static final int ROWS = 100_000;
    private static final int PROGRESS = 2_000_000;
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final String VERSION = "v1";

    private final String[] names = new String[COLUMNS];
    private final double[][] values = new double[ROWS][COLUMNS];
    private final Schema schema;
    private final Map<String, Object> row = new HashMap<>();

    ProfileCost() {
        Map<String, FeatureType> types = new LinkedHashMap<>();
        for (int i = 0; i < COLUMNS; i++) {
            names[i] = "f" + i;
            types.put(names[i], FeatureType.NUMERIC);
        }
        schema = new Schema(types);
        SplittableRandom random = new SplittableRandom(1);
        for (double[] drawn : values) {
            for (int i = 0; i < COLUMNS; i++) {
                drawn[i] = random.nextGaussian();
            }
        }
    }

    /** Seconds of processor time. */
    record Seconds(double reference, double profileAndTest) {}

    /** Once: a reference of 100,000 rows, then a window of as many profiled and tested against it. */
    Seconds once() {
        long start = cpuNanos();
        Reference reference = reference();
        long built = cpuNanos();
        Watch watch = new Watch(reference);
        Profile window = reference.emptyProfile(Instant.EPOCH, Instant.EPOCH.plus(WINDOW));
        add(window, ROWS);
        if (watch.close(window) == 0) {
            throw new IllegalStateException("the window was not tested");
        }
        return new Seconds((built - start) / 1e9, (cpuNanos() - built) / 1e9);
    }

    /** Nanoseconds per row of one stream of so many rows, cut into windows of 100,000, each tested. */
    double nanosPerRow(long rows) {
        Reference reference = reference();
        Watch watch = new Watch(reference);
        long start = cpuNanos();
        for (long at = 0; at < rows; at += ROWS) {
            Instant from = Instant.EPOCH.plus(WINDOW.multipliedBy(at / ROWS));
            Profile window = reference.emptyProfile(from, from.plus(WINDOW));
            add(window, (int) Math.min(ROWS, rows - at));
            watch.close(window);
            if ((at + ROWS) % PROGRESS == 0) {
                System.out.printf(Locale.ROOT, "… %,d of %,d rows profiled%n", at + ROWS, rows);
            }
        }
        return (cpuNanos() - start) / (double) rows;
    }

    private Reference reference() {
        ReferenceBuilder builder = new ReferenceBuilder(schema, Task.BINARY);
        for (double[] drawn : values) {
            builder.add(row(drawn), drawn[0], "1", null);
        }
        return builder.build(VERSION, Instant.EPOCH, Instant.EPOCH);
    }

    private void add(Profile window, int rows) {
        for (int i = 0; i < rows; i++) {
            window.add(row(values[i]), values[i][0], "1");
        }
    }

    private Map<String, Object> row(double[] drawn) {
        for (int i = 0; i < COLUMNS; i++) {
            row.put(names[i], drawn[i]);
        }
        return row;
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** A monitor of the default configuration with its state. */
    private final class Watch {
        private final Monitor monitor;
        private final MonitorState state;

        Watch(Reference reference) {
            MonitorConfig config = MonitorConfig.of(Task.BINARY, schema, WINDOW);
            monitor = new Monitor(config);
            state = MonitorState.initial(config);
            monitor.on(state, new MonitorInput.ChampionChanged(VERSION, Optional.of(reference), 1));
        }

        /** How many signals the window gave. */
        int close(Profile window) {
            return monitor.on(state, new MonitorInput.WindowClosed(window, VERSION))
                    .signals()
                    .size();
        }
    }
}
