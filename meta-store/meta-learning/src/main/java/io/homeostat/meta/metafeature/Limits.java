package io.homeostat.meta.metafeature;

/**
 * How much a {@link MetaFeatureBuilder} keeps in memory at most.
 *
 * @param sampleRows rows kept for correlation, outliers and information; default 2,000; 10 to 100,000
 * @param columns columns; default 2,048; 1 to 100,000
 * @param classes classes that are counted one by one; default 1,000; 2 to 100,000. With more classes their entropy and
 *     imbalance are absent
 */
public record Limits(int sampleRows, int columns, int classes) {
    /** 2,000 rows, 2,048 columns, 1,000 classes. */
    public static final Limits DEFAULT = new Limits(2_000, 2_048, 1_000);

    public Limits {
        within("sampleRows", sampleRows, 10);
        within("columns", columns, 1);
        within("classes", classes, 2);
    }

    private static void within(String name, int value, int low) {
        if (value < low || value > 100_000) {
            throw new IllegalArgumentException("limits." + name + ": " + value + " is not in " + low + " to 100000.");
        }
    }
}
