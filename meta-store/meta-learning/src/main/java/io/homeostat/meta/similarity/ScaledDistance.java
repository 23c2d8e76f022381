package io.homeostat.meta.similarity;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.jspecify.annotations.Nullable;

/**
 * A distance of tasks by their meta-features, in which no feature counts more only because its numbers are larger.
 *
 * <p><b>Idea.</b> Each feature's difference is measured in its own robust spread over the records at hand: s =
 * max(1.4826 · MAD, 0.05, 0.05 · |median|). The floor keeps a feature that hardly varies from turning noise into
 * distance. A difference counts 5 spreads at most, so that one absurd value does not decide.
 *
 * <p><b>Distance.</b> Over the features that both tasks have,
 *
 * <pre>d(a, b) = √( Σ w·min(5, |a − b| / s)² / Σ w ) + penalty · (1 − share)</pre>
 *
 * where share is the weight of the shared features in the weight of those that either task has. Without a shared
 * feature there is no distance. Values that are not finite count as missing.
 *
 * <p><b>Parameters.</b> Weights per feature, 0 and up, default 1; penalty in spreads, 0 and up, default 1.
 *
 * <p><b>Example.</b> logRows of the records is 8, 9, 10: median 9, MAD 1, s = 1.4826. Tasks with 8 and 10 and nothing
 * else are 2 / 1.4826 = 1.35 spreads apart.
 *
 * <p>Reference: B. Iglewicz, D. Hoaglin, How to detect and handle outliers, 1993 (the robust z-score).
 */
public final class ScaledDistance {
    /** A difference in one feature counts at most so many spreads. */
    public static final double MOST_SPREADS = 5;

    /** Default penalty in spreads for sharing nothing of the weight. */
    public static final double DEFAULT_PENALTY = 1;

    private static final double NORMAL_MAD = 1.4826;
    private static final double FLOOR = 0.05;

    private final Map<String, Double> spreads;
    private final Map<String, Double> weights;
    private final double penalty;

    private ScaledDistance(Map<String, Double> spreads, Map<String, Double> weights, double penalty) {
        this.spreads = spreads;
        this.weights = weights;
        this.penalty = penalty;
    }

    /** A distance scaled by these records' meta-features, all weights 1, default penalty. */
    public static ScaledDistance fit(Collection<? extends Map<String, Double>> records) {
        return fit(records, Map.of(), DEFAULT_PENALTY);
    }

    /**
     * A distance scaled by these records' meta-features.
     *
     * @param records meta-features of the known tasks; may be empty
     * @param weights feature → weight, 0 and up; 1 where absent
     * @param penalty spreads added where nothing of the weight is shared, 0 and up
     */
    public static ScaledDistance fit(
            Collection<? extends Map<String, Double>> records, Map<String, Double> weights, double penalty) {
        weights.forEach((feature, weight) -> checkNotNegative("weights." + feature, weight));
        checkNotNegative("penalty", penalty);
        Map<String, List<Double>> values = new TreeMap<>();
        for (Map<String, Double> record : records) {
            record.forEach((feature, value) -> {
                if (isKnown(value)) {
                    values.computeIfAbsent(feature, name -> new ArrayList<>()).add(value);
                }
            });
        }
        Map<String, Double> spreads = new HashMap<>();
        values.forEach((feature, seen) -> spreads.put(
                feature, spread(seen.stream().mapToDouble(Double::doubleValue).toArray())));
        return new ScaledDistance(spreads, Map.copyOf(weights), penalty);
    }

    /**
     * A distance scaled by known values of meta-features, all weights 1, default penalty.
     *
     * @param values feature → its values, at least one, finite, in any order; they are not kept
     */
    public static ScaledDistance of(Map<String, double[]> values) {
        Map<String, Double> spreads = new HashMap<>();
        values.forEach((feature, seen) -> spreads.put(feature, spread(seen.clone())));
        return new ScaledDistance(spreads, Map.of(), DEFAULT_PENALTY);
    }

    private static void checkNotNegative(String path, double value) {
        if (!(value >= 0 && Double.isFinite(value))) {
            throw new IllegalArgumentException(path + ": " + value + " is not a number of 0 and up.");
        }
    }

    private static double spread(double[] values) {
        double median = new Median().evaluate(values);
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.abs(values[i] - median);
        }
        double mad = new Median().evaluate(values);
        double spread = Math.max(NORMAL_MAD * mad, FLOOR * Math.max(1, Math.abs(median)));
        return Double.isFinite(spread) ? spread : Double.MAX_VALUE; // of values that are too large for differences
    }

    /** The spread by which a feature's differences are divided; 0.05 for a feature that no record had. */
    public double spread(String feature) {
        return spreads.getOrDefault(feature, FLOOR);
    }

    /** The distance of two tasks; empty if they share no meta-feature of positive weight. */
    public Optional<Distance> between(Map<String, Double> left, Map<String, Double> right) {
        SortedSet<String> either = new TreeSet<>(left.keySet());
        either.addAll(right.keySet());
        List<Difference> differences = new ArrayList<>();
        double squares = 0;
        double shared = 0;
        double all = 0;
        for (String feature : either) {
            boolean inLeft = isKnown(left.get(feature));
            boolean inRight = isKnown(right.get(feature));
            double weight = weight(feature);
            all += inLeft || inRight ? weight : 0;
            if (inLeft && inRight && weight > 0) {
                Difference difference = difference(feature, left, right);
                differences.add(difference);
                squares += weight * difference.spreads() * difference.spreads();
                shared += weight;
            }
        }
        if (shared == 0) {
            return Optional.empty();
        }
        differences.sort(Comparator.comparingDouble(this::part).reversed().thenComparing(Difference::feature));
        double share = shared / all;
        return Optional.of(new Distance(Math.sqrt(squares / shared) + penalty * (1 - share), share, differences));
    }

    private Difference difference(String feature, Map<String, Double> left, Map<String, Double> right) {
        double a = left.getOrDefault(feature, 0.0);
        double b = right.getOrDefault(feature, 0.0);
        double apart = Math.abs(a - b) / spread(feature);
        return new Difference(feature, a, b, Math.min(MOST_SPREADS, apart));
    }

    private double part(Difference difference) {
        return weight(difference.feature()) * difference.spreads() * difference.spreads();
    }

    private double weight(String feature) {
        return weights.getOrDefault(feature, 1.0);
    }

    private static boolean isKnown(@Nullable Double value) {
        return value != null && Double.isFinite(value);
    }
}
