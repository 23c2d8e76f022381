package io.homeostat.benchmarks.drift;

import io.homeostat.drift.statistics.performance.Task;
import io.homeostat.drift.statistics.profile.FeatureType;
import io.homeostat.drift.statistics.profile.Profile;
import io.homeostat.drift.statistics.profile.Reference;
import io.homeostat.drift.statistics.profile.ReferenceBuilder;
import io.homeostat.drift.statistics.profile.Schema;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What a model's profiles cost: its reference and two open windows in each of four partitions, 20,000 rows in each.
 *
 * @param heapMegabytes live heap after collection
 * @param stateMegabytes their bytes as stored
 */
public record ModelFootprint(double heapMegabytes, double stateMegabytes) {
    private static final int ROWS = 20_000;
    private static final int WINDOWS = 2 * 4;
    private static final Instant MONDAY = Instant.parse("2026-03-02T00:00:00Z");
    private static final double MEGA = 1e6;

    /** What a feature holds. */
    public enum Kind {
        NUMBER,
        /** 50 categories. */
        CATEGORY,
        /** A million possible values: nearly every row has another. */
        IDENTIFIER
    }

    /**
     * Measures it.
     *
     * @param features how many
     * @param seasonal whether the reference has a season
     * @param kinds the features' kinds, in turn
     */
    public static ModelFootprint measure(int features, boolean seasonal, Kind... kinds) throws InterruptedException {
        Map<String, FeatureType> types = new LinkedHashMap<>();
        for (int i = 0; i < features; i++) {
            types.put("f" + i, kinds[i % kinds.length] == Kind.NUMBER ? FeatureType.NUMERIC : FeatureType.CATEGORICAL);
        }
        SplittableRandom random = new SplittableRandom(1);
        double before = heap();
        Reference reference = reference(types, seasonal, kinds, random);
        List<Profile> windows = new ArrayList<>();
        for (int w = 0; w < WINDOWS; w++) {
            Profile window = reference.emptyProfile(MONDAY, MONDAY.plus(Duration.ofHours(1)));
            for (int i = 0; i < ROWS; i++) {
                window.add(row(types, kinds, random), random.nextDouble(), "1");
            }
            windows.add(window);
        }
        double heap = heap() - before;
        double bytes = reference.toBytes().length;
        for (Profile window : windows) {
            bytes += window.toBytes().length;
        }
        return new ModelFootprint(heap / MEGA, bytes / MEGA);
    }

    private static Reference reference(
            Map<String, FeatureType> types, boolean seasonal, Kind[] kinds, SplittableRandom random) {
        ReferenceBuilder builder = new ReferenceBuilder(new Schema(types), Task.BINARY);
        if (seasonal) {
            builder.withSeason(ZoneOffset.UTC, Duration.ofHours(6));
        }
        for (int i = 0; i < ROWS; i++) {
            builder.add(MONDAY.plusSeconds(i * 120L), row(types, kinds, random), random.nextDouble(), "1", null);
        }
        return builder.build("1");
    }

    private static Map<String, Object> row(Map<String, FeatureType> types, Kind[] kinds, SplittableRandom random) {
        Map<String, Object> row = new HashMap<>();
        int i = 0;
        for (String name : types.keySet()) {
            row.put(
                    name,
                    switch (kinds[i++ % kinds.length]) {
                        case NUMBER -> random.nextGaussian();
                        case CATEGORY -> "category-" + random.nextInt(50);
                        case IDENTIFIER -> "id-" + random.nextInt(1_000_000);
                    });
        }
        return row;
    }

    private static double heap() throws InterruptedException {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(50);
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
