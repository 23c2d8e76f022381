package io.homeostat.benchmarks.drift;

import io.homeostat.drift.statistics.performance.Task;
import io.homeostat.drift.statistics.profile.FeatureType;
import io.homeostat.drift.statistics.profile.Profile;
import io.homeostat.drift.statistics.profile.Reference;
import io.homeostat.drift.statistics.profile.ReferenceBuilder;
import io.homeostat.drift.statistics.profile.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Rows of many features, in turn normal, lognormal, uniform and a category of eight; of some the mean is shifted. */
final class FeatureTraffic {
    static final Duration WINDOW = Duration.ofMinutes(10);

    private static final String[] CATEGORIES = {"a", "b", "c", "d", "e", "f", "g", "h"};
    private static final double UNIFORM_SIGMA = Math.sqrt(1.0 / 12);

    private final Schema schema;
    private final String[] names;
    private final boolean onlyNormal;
    private final SplittableRandom random;

    /* one row after the other is written into it; whoever takes rows copies what it keeps */
    private final Map<String, Object> row = new HashMap<>();

    /**
     * Traffic.
     *
     * @param features how many
     * @param onlyNormal whether all are normal instead of four kinds in turn
     */
    FeatureTraffic(int features, boolean onlyNormal, long seed) {
        this.onlyNormal = onlyNormal;
        this.random = new SplittableRandom(seed);
        this.names = new String[features];
        Map<String, FeatureType> types = new LinkedHashMap<>();
        for (int i = 0; i < features; i++) {
            names[i] = "f" + i;
            types.put(names[i], kind(i) == 3 ? FeatureType.CATEGORICAL : FeatureType.NUMERIC);
        }
        this.schema = new Schema(types);
    }

    Schema schema() {
        return schema;
    }

    Reference reference(int rows) {
        ReferenceBuilder builder = new ReferenceBuilder(schema, Task.BINARY, rows, random.nextLong());
        for (int i = 0; i < rows; i++) {
            builder.add(row(0, 0), null, null, null);
        }
        return builder.build("v1", Instant.EPOCH, Instant.EPOCH);
    }

    /** The window of this number; the first features are shifted by so many σ. */
    Profile window(Reference reference, int number, int rows, int shifted, double sigmas) {
        Instant from = Instant.EPOCH.plus(WINDOW.multipliedBy(number));
        Profile profile = reference.emptyProfile(from, from.plus(WINDOW));
        for (int i = 0; i < rows; i++) {
            profile.add(row(shifted, sigmas), null, null);
        }
        return profile;
    }

    private int kind(int feature) {
        return onlyNormal ? 0 : feature % 4;
    }

    private Map<String, Object> row(int shifted, double sigmas) {
        for (int i = 0; i < names.length; i++) {
            row.put(names[i], value(kind(i), i < shifted ? sigmas : 0));
        }
        return row;
    }

    private Object value(int kind, double shift) {
        return switch (kind) {
            case 0 -> random.nextGaussian() + shift;
            case 1 -> Math.exp(random.nextGaussian());
            case 2 -> random.nextDouble() + shift * UNIFORM_SIGMA;
            default -> CATEGORIES[(int) (8 * random.nextDouble() * random.nextDouble())];
        };
    }
}
