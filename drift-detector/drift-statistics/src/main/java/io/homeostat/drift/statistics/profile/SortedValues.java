package io.homeostat.drift.statistics.profile;

import java.util.Arrays;

/** The weighted values of a sketch in order, with their cumulated weights. */
record SortedValues(float[] values, long[] weights) {
    static SortedValues of(float[][] items, int[] sizes, int retained) {
        long[] keys = new long[retained];
        int next = 0;
        for (int level = 0; level < sizes.length; level++) {
            for (int i = 0; i < sizes[level]; i++) {
                keys[next++] = ((long) ordered(Float.floatToIntBits(items[level][i])) << 8) | level;
            }
        }
        Arrays.sort(keys);
        float[] values = new float[retained];
        long[] weights = new long[retained];
        long total = 0;
        for (int i = 0; i < retained; i++) {
            values[i] = Float.intBitsToFloat(ordered((int) (keys[i] >> 8)));
            total += 1L << (keys[i] & 0xFF);
            weights[i] = total;
        }
        return new SortedValues(values, weights);
    }

    /* Makes the bits of floats sort like the floats; its own inverse. */
    private static int ordered(int bits) {
        return bits ^ ((bits >> 31) & 0x7FFFFFFF);
    }

    /* The share of the weight at or below a value. */
    double rank(float value) {
        int low = 0;
        int high = values.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (values[middle] <= value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return before(low) / total();
    }

    float quantile(double share) {
        int found = Arrays.binarySearch(weights, (long) Math.ceil(share * total()));
        return values[found >= 0 ? found : -found - 1];
    }

    double distance(SortedValues other) {
        double total = total();
        double otherTotal = other.total();
        double distance = 0;
        int mine = 0;
        int theirs = 0;
        while (mine < values.length && theirs < other.values.length) {
            float point = Math.min(values[mine], other.values[theirs]);
            mine = after(point, mine);
            theirs = other.after(point, theirs);
            distance = Math.max(distance, Math.abs(before(mine) / total - other.before(theirs) / otherTotal));
        }
        return distance;
    }

    private int after(float point, int from) {
        int index = from;
        while (index < values.length && values[index] <= point) {
            index++;
        }
        return index;
    }

    private double total() {
        return weights[weights.length - 1];
    }

    private double before(int index) {
        return index == 0 ? 0 : weights[index - 1];
    }
}
