package io.homeostat.drift.statistics.profile;

import java.util.Arrays;

/**
 * Where the rows of a layout have a profile's features.
 *
 * @param layout what {@link PlacedRow#layout} says
 * @param numbers places of the numbers, −1 where the rows lack one; the score is not among them
 * @param texts places of the texts, likewise without the prediction
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Placement(Object layout, int[] numbers, int[] texts) {
    /** Of no rows. */
    static final Placement NONE = new Placement(new Object(), new int[0], new int[0]);

    static Placement of(PlacedRow row, String[] numberNames, String[] textNames) {
        return new Placement(row.layout(), places(row, numberNames), places(row, textNames));
    }

    private static int[] places(PlacedRow row, String[] names) {
        return Arrays.stream(names, 0, names.length - 1).mapToInt(row::placeOf).toArray();
    }
}
