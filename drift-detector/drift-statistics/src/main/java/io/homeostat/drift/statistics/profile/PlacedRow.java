package io.homeostat.drift.statistics.profile;

import org.jspecify.annotations.Nullable;

/**
 * A row whose values stand at places, so that a profile looks up where its features are once for many rows, and each row
 * costs no look-up by name.
 */
public interface PlacedRow {
    /** What rows share whose features stand at the same places: one object, told apart by identity. */
    Object layout();

    /** Where a feature stands; −1 if the rows of this layout do not have it. */
    int placeOf(String feature);

    /** The number at a place; NaN if there is none. */
    double number(int place);

    /** The text at a place, which a number may be written as; null if there is none. */
    @Nullable
    String text(int place);
}
