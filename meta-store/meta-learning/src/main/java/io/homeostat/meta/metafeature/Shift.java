package io.homeostat.meta.metafeature;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How far two samples of a column are apart, 0 to 1: for numbers the largest gap of the distribution functions
 * (Kolmogorov-Smirnov), for categories half the sum of the gaps of shares (total variation). What chance alone would
 * give, √(1/n + 1/m), is taken off.
 */
final class Shift {
    private static final int FEWEST = 10;

    private Shift() {}

    /** Of two columns of the same kind, null being missing; present for ten values or more in each. */
    static OptionalDouble between(List<@Nullable Object> before, List<@Nullable Object> after) {
        Object[] a = before.stream().filter(cell -> cell != null).toArray();
        Object[] b = after.stream().filter(cell -> cell != null).toArray();
        if (a.length < FEWEST || b.length < FEWEST) {
            return OptionalDouble.empty();
        }
        double gap = a[0] instanceof Double ? numbers(sorted(a), sorted(b)) : categories(a, b);
        return OptionalDouble.of(Math.max(0, gap - Math.sqrt(1.0 / a.length + 1.0 / b.length)));
    }

    private static double[] sorted(Object[] cells) {
        return Arrays.stream(cells).mapToDouble(cell -> (Double) cell).sorted().toArray();
    }

    private static double numbers(double[] a, double[] b) {
        double most = 0;
        int i = 0;
        int j = 0;
        while (i < a.length && j < b.length) {
            double x = Math.min(a[i], b[j]);
            while (i < a.length && a[i] <= x) {
                i++;
            }
            while (j < b.length && b[j] <= x) {
                j++;
            }
            most = Math.max(most, Math.abs((double) i / a.length - (double) j / b.length));
        }
        return most;
    }

    private static double categories(Object[] a, Object[] b) {
        Map<Object, Double> gaps = new HashMap<>();
        for (Object cell : a) {
            gaps.merge(cell, 1.0 / a.length, Double::sum);
        }
        for (Object cell : b) {
            gaps.merge(cell, -1.0 / b.length, Double::sum);
        }
        // sorted, so that the sum does not depend on the map's order
        return gaps.values().stream().mapToDouble(Math::abs).sorted().sum() / 2;
    }
}
