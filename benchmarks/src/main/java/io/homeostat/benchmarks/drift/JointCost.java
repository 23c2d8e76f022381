package io.homeostat.benchmarks.drift;

import io.homeostat.benchmarks.harness.Benchmark;
import io.homeostat.benchmarks.harness.Figures;
import io.homeostat.benchmarks.harness.Table;
import io.homeostat.drift.statistics.joint.FourierMmd;
import io.homeostat.drift.statistics.performance.Task;
import io.homeostat.drift.statistics.profile.FeatureType;
import io.homeostat.drift.statistics.profile.Profile;
import io.homeostat.drift.statistics.profile.Reference;
import io.homeostat.drift.statistics.profile.ReferenceBuilder;
import io.homeostat.drift.statistics.profile.RowSample;
import io.homeostat.drift.statistics.profile.Schema;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What comparing rows as a whole costs beside the features' profiles: CPU time per event, state, and CPU time of a test.
 * Samples as the detector keeps them: 64,000 values of a window's share, 200,000 of a reference.
 */
public final class JointCost implements Benchmark {
    private static final int ROUNDS = 15;
    private static final int EVENTS = 20_000;
    private static final double MEGA = 1e6;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Table table =
            new Table("features", "profile, µs per event", "sample", "share", "window MB", "reference MB", "test, ms");
    private final Figures figures = new Figures();

    @Override
    public Figures run() {
        measure(20);
        measure(200);
        System.out.println(table);
        return figures;
    }

    private void measure(int features) {
        System.out.println(features + " features …");
        Map<String, FeatureType> types = new LinkedHashMap<>();
        for (int i = 0; i < features; i++) {
            types.put("f" + i, FeatureType.NUMERIC);
        }
        Schema schema = new Schema(types);
        List<Map<String, Object>> rows = rows(schema, new SplittableRandom(1));
        ReferenceBuilder builder = new ReferenceBuilder(schema, Task.BINARY).withRows(true);
        rows.forEach(row -> builder.add(row, null, null, null));
        Reference reference = builder.build("v1", Instant.EPOCH, Instant.EPOCH);
        int limit = Math.max(100, Math.min(2_000, 64_000 / (features + 2)));
        double[] profiled = new double[ROUNDS];
        double[] sampled = new double[ROUNDS];
        double[] tested = new double[ROUNDS];
        RowSample sample = new RowSample(schema, limit, 0);
        for (int round = 0; round < ROUNDS; round++) {
            Profile profile = reference.emptyProfile(Instant.EPOCH);
            RowSample fresh = new RowSample(schema, limit, round);
            profiled[round] = micros(() -> rows.forEach(row -> profile.add(row, null, "1"))) / EVENTS;
            sampled[round] = micros(() -> rows.forEach(row -> fresh.add(Instant.EPOCH, row, null, "1"))) / EVENTS;
            RowSample before = reference.rows().orElseThrow();
            tested[round] = micros(() -> new FourierMmd().test(before, fresh)) / 1_000;
            sample = fresh;
        }
        double share = median(sampled) / median(profiled);
        double window = sample.toBytes().length / MEGA;
        double kept = reference.rows().orElseThrow().toBytes().length / MEGA;
        table.row(
                features,
                text(median(profiled)),
                text(median(sampled)),
                text(share),
                text(window),
                text(kept),
                text(median(tested)));
        figures.add("shareOfProfile" + features, share)
                .add("windowMegabytes" + features, window)
                .add("referenceMegabytes" + features, kept)
                .add("testMillis" + features, median(tested));
    }

    private static List<Map<String, Object>> rows(Schema schema, SplittableRandom random) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            Map<String, Object> row = new HashMap<>();
            schema.features().keySet().forEach(name -> row.put(name, random.nextDouble()));
            rows.add(row);
        }
        return rows;
    }

    private static double micros(Runnable work) {
        long before = THREADS.getCurrentThreadCpuTime();
        work.run();
        return (THREADS.getCurrentThreadCpuTime() - before) / 1e3;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, "%.3g", value);
    }
}
