package io.homeostat.drift.statistics.profile;

import java.util.Arrays;

/**
 * Sorts blocks of a few hundred floats without comparing them at random, which a processor guesses wrong half of the time:
 * values are scaled to 16 bits between the smallest and the largest, ordered by those in two passes of counting, and what
 * shares its bits is put right by insertion. Where an outlier squeezes all others together, the library sorts. O(n).
 */
final class BlockSort {
    private static final ThreadLocal<BlockSort> MINE = ThreadLocal.withInitial(BlockSort::new);
    private static final int FEWEST = 48;
    private static final int MOST = 2_048;
    private static final int LARGEST_KEY = 0xFFFF;
    private static final int MOVES_PER_VALUE = 4;

    private final int[] low = new int[256];
    private final int[] high = new int[256];
    private final int[] keys = new int[MOST];
    private final int[] byLow = new int[MOST];
    private final float[] byBoth = new float[MOST];

    private BlockSort() {}

    /** Sorts the first so many of some finite values, of which −0 is none. */
    static void sort(float[] values, int count) {
        if (count < FEWEST || count > MOST) {
            Arrays.sort(values, 0, count);
        } else {
            MINE.get().sortBlock(values, count);
        }
    }

    private void sortBlock(float[] values, int count) {
        float min = values[0];
        float max = values[0];
        for (int i = 1; i < count; i++) {
            min = values[i] < min ? values[i] : min;
            max = values[i] > max ? values[i] : max;
        }
        if (min == max) {
            return;
        }
        byKeys(values, count, min, LARGEST_KEY / ((double) max - min));
        if (!insert(byBoth, count)) {
            Arrays.sort(byBoth, 0, count);
        }
        System.arraycopy(byBoth, 0, values, 0, count);
    }

    private void byKeys(float[] values, int count, double min, double scale) {
        Arrays.fill(low, 0);
        Arrays.fill(high, 0);
        for (int i = 0; i < count; i++) {
            int key = (int) ((values[i] - min) * scale);
            keys[i] = key << 16 | i;
            low[key & 0xFF]++;
            high[key >>> 8]++;
        }
        startsOf(low);
        startsOf(high);
        for (int i = 0; i < count; i++) {
            int key = keys[i];
            byLow[low[key >>> 16 & 0xFF]++] = key;
        }
        for (int i = 0; i < count; i++) {
            int key = byLow[i];
            byBoth[high[key >>> 24]++] = values[key & 0xFFFF];
        }
    }

    private static void startsOf(int[] counts) {
        int start = 0;
        for (int i = 0; i < counts.length; i++) {
            int many = counts[i];
            counts[i] = start;
            start += many;
        }
    }

    /* Sorts what is nearly sorted; false once that has cost too much. */
    private static boolean insert(float[] values, int count) {
        int moves = MOVES_PER_VALUE * count;
        for (int i = 1; i < count && moves >= 0; i++) {
            float value = values[i];
            int at = i;
            while (at > 0 && values[at - 1] > value) {
                values[at] = values[at - 1];
                at--;
                moves--;
            }
            values[at] = value;
        }
        return moves >= 0;
    }
}
