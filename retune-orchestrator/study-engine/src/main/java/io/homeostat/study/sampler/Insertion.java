package io.homeostat.study.sampler;

/** Keeps indexes in order as one after the other comes, by binary search. */
final class Insertion {
    private Insertion() {}

    /** A strict order of indexes. */
    @FunctionalInterface
    interface Order {
        /** Whether one stands before another. */
        boolean isBefore(int one, int other);
    }

    /** Puts an index where it belongs among the first {@code count}, which are in order; there is room for one more. */
    static void insert(int[] sorted, int count, int index, Order order) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (order.isBefore(sorted[middle], index)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        System.arraycopy(sorted, low, sorted, low + 1, count - low);
        sorted[low] = index;
    }
}
