package io.homeostat.meta.metafeature;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How often each class was seen, up to a bound of classes. Beyond it the counts are given up and only the number of
 * classes is known: keeping those seen first would make the result depend on the order of rows.
 */
final class ClassCounts {
    private final int most;
    private final Map<Long, Long> counts = new HashMap<>();
    private final DistinctCounter distinct = new DistinctCounter();
    private boolean overflown;

    ClassCounts(int most) {
        this.most = most;
    }

    void add(long hash) {
        distinct.add(hash);
        count(hash, 1);
    }

    void merge(ClassCounts other) {
        distinct.merge(other.distinct);
        other.counts.forEach(this::count);
        if (other.overflown) {
            overflow();
        }
    }

    private void count(long hash, long times) {
        if (!overflown) {
            counts.merge(hash, times, Long::sum);
            if (counts.size() > most) {
                overflow();
            }
        }
    }

    private void overflow() {
        overflown = true;
        counts.clear();
    }

    double classes() {
        return overflown ? distinct.count() : counts.size();
    }

    /** Entropy / ln(classes); present for two classes or more. */
    OptionalDouble normalisedEntropy() {
        if (counts.size() < 2) {
            return OptionalDouble.empty();
        }
        // sorted, so that the sum does not depend on the map's order
        long[] sorted = sorted(counts.values());
        double total = counts.values().stream().mapToLong(Long::longValue).sum();
        double entropy = 0;
        for (long count : sorted) {
            entropy -= count / total * Math.log(count / total);
        }
        return OptionalDouble.of(Math.min(1, entropy / Math.log(sorted.length)));
    }

    /** ln(largest / smallest); present for two classes or more. */
    OptionalDouble imbalance() {
        if (counts.size() < 2) {
            return OptionalDouble.empty();
        }
        long[] sorted = sorted(counts.values());
        return OptionalDouble.of(Math.log((double) sorted[sorted.length - 1] / sorted[0]));
    }

    private static long[] sorted(Collection<Long> values) {
        return values.stream().mapToLong(Long::longValue).sorted().toArray();
    }
}
