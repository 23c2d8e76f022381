package io.homeostat.meta.metafeature;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Small whole numbers in place of values: numbers go into bins of about equal frequency, categories into the 15 most
 * frequent and one for the rest. A missing value is {@link #MISSING}.
 */
final class Binning {
    static final int MISSING = -1;
    private static final int MOST_BINS = 8;
    private static final int MOST_CATEGORIES = 15;

    private Binning() {}

    static int[] codes(List<@Nullable Object> cells) {
        boolean numeric = cells.stream().anyMatch(Double.class::isInstance);
        return numeric ? numbers(cells) : categories(cells);
    }

    private static int[] numbers(List<@Nullable Object> cells) {
        double[] edges = edges(cells.stream()
                .filter(Double.class::isInstance)
                .mapToDouble(cell -> (Double) Objects.requireNonNull(cell))
                .sorted()
                .toArray());
        return cells.stream()
                .mapToInt(cell -> cell instanceof Double x ? bin(edges, x) : MISSING)
                .toArray();
    }

    // at least five values a bin and side in the joint table: bins = sqrt(n / 5), 2 to 8
    private static double[] edges(double[] sorted) {
        int n = sorted.length;
        int bins = (int) Math.max(2, Math.min(MOST_BINS, Math.sqrt(n / 5.0)));
        double[] edges = new double[bins - 1];
        for (int i = 1; i < bins; i++) {
            edges[i - 1] = sorted[(int) Math.ceil((double) i * n / bins) - 1];
        }
        return Arrays.stream(edges).distinct().toArray();
    }

    private static int bin(double[] edges, double x) {
        int bin = 0;
        while (bin < edges.length && x > edges[bin]) {
            bin++;
        }
        return bin;
    }

    private static int[] categories(List<@Nullable Object> cells) {
        Map<Long, Integer> counts = new HashMap<>();
        for (Object cell : cells) {
            if (cell instanceof Long hash) {
                counts.merge(hash, 1, Integer::sum);
            }
        }
        Comparator<Map.Entry<Long, Integer>> mostFrequent = Map.Entry.comparingByValue(Comparator.reverseOrder());
        List<Long> kept = counts.entrySet().stream()
                .sorted(mostFrequent.thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_CATEGORIES)
                .map(Map.Entry::getKey)
                .toList();
        Map<Long, Integer> codes = new HashMap<>();
        kept.forEach(hash -> codes.put(hash, codes.size()));
        return cells.stream()
                .mapToInt(cell -> cell instanceof Long hash ? codes.getOrDefault(hash, MOST_CATEGORIES) : MISSING)
                .toArray();
    }
}
