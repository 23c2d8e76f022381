package io.homeostat.detector.profile;

import io.homeostat.drift.statistics.profile.Profile;
import io.homeostat.drift.statistics.profile.RowSample;
import io.homeostat.drift.statistics.profile.Schema;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One partition's share of a window while it fills.
 *
 * @param profile of all its rows
 * @param sample of its rows, as long as the version has no reference: one is learned from them; and if rows are compared
 * @param shape the number of its shape among the {@link HeldShapes}; {@link HeldShapes#NONE} if it has none
 * @param openedAtMillis how far the model's event time had come when it was opened; {@link Long#MIN_VALUE} at first
 */
record OpenWindow(Profile profile, @Nullable RowSample sample, int shape, long openedAtMillis) {
    private static final int MOST_VALUES = 64_000;
    private static final int MOST_ROWS = 2_000;
    private static final int FEWEST_ROWS = 100;

    static OpenWindow withoutSample(Profile profile) {
        return new OpenWindow(profile, null, HeldShapes.NONE, Long.MIN_VALUE);
    }

    /** A window whose rows are wanted: at most 2,000 rows and 64,000 values, but at least 100 rows. */
    static OpenWindow withSample(Profile profile, Schema schema, long seed) {
        int affordable = MOST_VALUES / (schema.features().size() + 2);
        int limit = Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, affordable));
        return new OpenWindow(profile, new RowSample(schema, limit, seed), HeldShapes.NONE, Long.MIN_VALUE);
    }

    OpenWindow openedAt(long millis) {
        return new OpenWindow(profile, sample, shape, millis);
    }

    /** The same, made of a shape. */
    OpenWindow of(int number) {
        return new OpenWindow(profile, sample, number, openedAtMillis);
    }

    /** Whether all of it is rows behind its shape. */
    boolean isRowsOfShape() {
        return shape != HeldShapes.NONE && profile.isRowsOnly();
    }

    Optional<RowSample> rows() {
        return Optional.ofNullable(sample);
    }
}
