package io.homeostat.drift.statistics.joint;

import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.util.Arrays;

/**
 * Which numeric columns never fell and rose at least ten times: clocks and running numbers, whose drift is certain and
 * means nothing. By chance ten rises without a fall have a probability of less than one in a million.
 */
final class RisingColumns {
    private static final int FEWEST_RISES = 10;

    private final double[] last;
    private final long[] rises;
    private final boolean[] fell;

    RisingColumns(int columns) {
        this.last = new double[columns];
        this.rises = new long[columns];
        this.fell = new boolean[columns];
        Arrays.fill(last, Double.NaN);
    }

    void add(Row row) {
        for (int i = 0; i < last.length; i++) {
            if (row.values()[i] instanceof Double value) {
                fell[i] |= value < last[i];
                rises[i] += value > last[i] ? 1 : 0;
                last[i] = value;
            }
        }
    }

    /** Parts of one stream: a column that only rises does so in every part. */
    RisingColumns mergedWith(RisingColumns other) {
        RisingColumns merged = new RisingColumns(last.length);
        for (int i = 0; i < last.length; i++) {
            merged.fell[i] = fell[i] || other.fell[i];
            merged.rises[i] = rises[i] + other.rises[i];
            // a value that comes to the merged sample later is compared with the smaller of both ends
            merged.last[i] = Double.isNaN(last[i])
                    ? other.last[i]
                    : Double.isNaN(other.last[i]) ? last[i] : Math.min(last[i], other.last[i]);
        }
        return merged;
    }

    boolean onlyRises(int column) {
        return !fell[column] && rises[column] >= FEWEST_RISES;
    }

    void write(StateWriter out) {
        for (int i = 0; i < last.length; i++) {
            out.real(last[i]).count(rises[i]).flag(fell[i]);
        }
    }

    static RisingColumns read(StateReader in, int columns) {
        RisingColumns rising = new RisingColumns(columns);
        for (int i = 0; i < columns; i++) {
            rising.last[i] = in.real();
            rising.rises[i] = in.count();
            rising.fell[i] = in.flag();
        }
        return rising;
    }
}
