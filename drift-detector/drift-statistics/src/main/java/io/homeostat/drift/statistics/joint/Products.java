package io.homeostat.drift.statistics.joint;

import io.homeostat.drift.statistics.state.SplitMix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Coordinates and the products of their pairs: all of them, or 128 drawn by a fixed seed where there are more. */
final class Products {
    private static final int MOST = 128;
    private static final long SEED = 128;

    private final int dimensions;
    private final List<int[]> pairs;

    Products(int dimensions) {
        this.dimensions = dimensions;
        List<int[]> all = new ArrayList<>();
        for (int i = 0; i < dimensions; i++) {
            for (int j = 0; j <= i; j++) {
                all.add(new int[] {i, j});
            }
        }
        if (all.size() > MOST) {
            all.sort(Comparator.comparingLong(
                    pair -> SplitMix.bits(SplitMix.next(SEED + ((long) pair[0] << 32) + pair[1]))));
        }
        this.pairs = all.subList(0, Math.min(MOST, all.size()));
    }

    double[][] of(double[][] rows) {
        double[][] extended = new double[rows.length][];
        for (int r = 0; r < rows.length; r++) {
            double[] row = Arrays.copyOf(rows[r], dimensions + pairs.size());
            for (int p = 0; p < pairs.size(); p++) {
                row[dimensions + p] = row[pairs.get(p)[0]] * row[pairs.get(p)[1]];
            }
            extended[r] = row;
        }
        return extended;
    }
}
