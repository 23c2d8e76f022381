package io.homeostat.drift.statistics.estimation;

import io.homeostat.drift.statistics.state.SplitMix;
import java.util.stream.IntStream;

/** Five random shares of the rows: each is held out once from what is fitted on the others. */
record Folds(int rows, long seed) {
    static final int COUNT = 5;

    private int of(int row) {
        return (int) Math.floorMod(SplitMix.bits(SplitMix.next(seed ^ SplitMix.bits(row + 1L))), (long) COUNT);
    }

    int[] heldOut(int fold) {
        return IntStream.range(0, rows).filter(row -> of(row) == fold).toArray();
    }

    int[] others(int fold) {
        return IntStream.range(0, rows).filter(row -> of(row) != fold).toArray();
    }
}
