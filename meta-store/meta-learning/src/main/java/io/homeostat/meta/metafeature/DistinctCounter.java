package io.homeostat.meta.metafeature;

import java.util.TreeSet;

/**
 * How many different hashes were seen: exact up to 1,024, an estimate beyond, independent of order and split.
 *
 * <p>Keeps the k = 1,024 smallest hashes. Seen as uniform numbers in (0, 1), the largest kept one is u, and
 * (k − 1) / u estimates the count with a relative standard error of 1 / √(k − 2) ≈ 3 %.
 *
 * <p>Reference: Bar-Yossef et al., Counting distinct elements in a data stream, RANDOM 2002.
 */
final class DistinctCounter {
    static final int KEPT = 1_024;

    private final TreeSet<Long> smallest = new TreeSet<>(Long::compareUnsigned);

    void add(long hash) {
        if (smallest.size() < KEPT) {
            smallest.add(hash);
        } else if (Long.compareUnsigned(hash, smallest.last()) < 0 && smallest.add(hash)) {
            smallest.pollLast();
        }
    }

    void merge(DistinctCounter other) {
        other.smallest.forEach(this::add);
    }

    double count() {
        if (smallest.size() < KEPT) {
            return smallest.size();
        }
        double u = (smallest.last() >>> 11) * 0x1p-53;
        return (KEPT - 1) / u;
    }
}
