package io.homeostat.meta.metafeature;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What needs the numeric columns' values themselves: how they go together, and how many are far out.
 *
 * <p>Cost: O(p² k) with at most 64 columns p (evenly taken, where there are more) and k sampled rows.
 */
final class NumericSample {
    private static final int MOST_COLUMNS = 64;
    private static final double FENCE = 1.5;

    private final List<double[]> columns;

    /** Columns with a value per row, NaN where there is none. */
    NumericSample(List<double[]> columns) {
        this.columns = columns;
    }

    /** Mean of |r| over the pairs of columns that vary and share three rows. */
    OptionalDouble meanAbsoluteCorrelation() {
        int used = Math.min(columns.size(), MOST_COLUMNS);
        double sum = 0;
        int pairs = 0;
        for (int i = 0; i < used; i++) {
            for (int j = i + 1; j < used; j++) {
                double r = correlation(taken(i, used), taken(j, used));
                if (Double.isFinite(r)) {
                    sum += Math.min(1, Math.abs(r));
                    pairs++;
                }
            }
        }
        return pairs == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / pairs);
    }

    private double[] taken(int i, int used) {
        return columns.get((int) ((long) i * columns.size() / used));
    }

    private static double correlation(double[] a, double[] b) {
        int n = 0;
        double meanA = 0;
        double meanB = 0;
        double sumAa = 0;
        double sumBb = 0;
        double sumAb = 0;
        for (int i = 0; i < a.length; i++) {
            if (Double.isNaN(a[i]) || Double.isNaN(b[i])) {
                continue;
            }
            n++;
            double da = a[i] - meanA;
            double db = b[i] - meanB;
            meanA += da / n;
            meanB += db / n;
            sumAa += da * (a[i] - meanA);
            sumBb += db * (b[i] - meanB);
            sumAb += da * (b[i] - meanB);
        }
        return n < 3 ? Double.NaN : sumAb / Math.sqrt(sumAa) / Math.sqrt(sumBb);
    }

    /** Share of values beyond the quartiles by 1.5 interquartile ranges; columns whose quartiles are equal are left out. */
    OptionalDouble outlierShare() {
        long outliers = 0;
        long values = 0;
        for (double[] column : columns) {
            double[] sorted =
                    Arrays.stream(column).filter(x -> !Double.isNaN(x)).sorted().toArray();
            if (sorted.length >= 4 && quantile(sorted, .75) > quantile(sorted, .25)) {
                outliers += outliers(sorted);
                values += sorted.length;
            }
        }
        return values == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) outliers / values);
    }

    private static long outliers(double[] sorted) {
        double low = quantile(sorted, .25);
        double high = quantile(sorted, .75);
        double reach = FENCE * (high - low);
        return Arrays.stream(sorted)
                .filter(x -> x < low - reach || x > high + reach)
                .count();
    }

    private static double quantile(double[] sorted, double p) {
        double at = p * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
