package io.homeostat.benchmarks.study;

import io.homeostat.benchmarks.harness.Benchmark;
import io.homeostat.benchmarks.harness.Figures;
import io.homeostat.benchmarks.harness.Table;
import io.homeostat.meta.metafeature.MetaFeatureBuilder;
import io.homeostat.meta.metafeature.Target;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * How long the meta-features of a million rows take: 15 numbers and 5 categories, two classes. Reading, and then all features
 * with their landmarkers; processor seconds of one thread.
 */
public final class MetaFeatureSpeed implements Benchmark {
    private static final int ROWS = 1_000_000;
    private static final int DIFFERENT = 5_000;

    @Override
    public Figures run() {
        List<Map<String, Object>> rows = rows();
        MetaFeatureBuilder builder = new MetaFeatureBuilder(Target.CLASSES, 1);
        double start = cpuSeconds();
        for (int i = 0; i < ROWS; i++) {
            builder.add(rows.get(i % DIFFERENT), i % DIFFERENT % 2);
            if (i % (ROWS / 4) == 0) {
                System.out.println(i + " rows");
            }
        }
        double read = cpuSeconds();
        int features = builder.metaFeatures().size();
        double found = cpuSeconds();
        System.out.println(new Table("meta-features of " + ROWS + " rows of 20 columns", "CPU seconds")
                .row("reading", String.format("%.2f", read - start))
                .row(features + " features", String.format("%.2f", found - read)));
        return new Figures()
                .add("readSeconds", read - start)
                .add("featureSeconds", found - read)
                .add("rowsPerSecond", ROWS / (found - start));
    }

    private static double cpuSeconds() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
    }

    private static List<Map<String, Object>> rows() {
        SplittableRandom random = new SplittableRandom(1);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < DIFFERENT; i++) {
            Map<String, Object> row = new HashMap<>();
            for (int j = 0; j < 15; j++) {
                row.put("number" + j, random.nextGaussian() + (j < 3 ? i % 2 : 0));
            }
            for (int j = 0; j < 5; j++) {
                row.put("kind" + j, "value" + random.nextInt(20));
            }
            rows.add(row);
        }
        return rows;
    }
}
