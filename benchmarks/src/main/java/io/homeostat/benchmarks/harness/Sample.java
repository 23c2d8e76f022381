package io.homeostat.benchmarks.harness;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.SplittableRandom;

/** Measurements of the same thing, one per seed or repetition: their middle and how sure it is. */
public final class Sample {
    private static final int RESAMPLES = 2_000;
    private static final long SEED = 7;

    private final double[] values;

    /** A sample of at least one value. */
    public Sample(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("a sample needs at least one value");
        }
        this.values = values.clone();
        Arrays.sort(this.values);
    }

    /** A sample of at least one value. */
    public static Sample of(Collection<? extends Number> values) {
        return new Sample(values.stream().mapToDouble(Number::doubleValue).toArray());
    }

    public int size() {
        return values.length;
    }

    public double mean() {
        return Arrays.stream(values).average().orElseThrow();
    }

    public double median() {
        return median(values);
    }

    public double max() {
        return values[values.length - 1];
    }

    public double min() {
        return values[0];
    }

    /** The 95 % bootstrap interval of the mean. */
    public double[] meanInterval() {
        return interval(v -> Arrays.stream(v).average().orElseThrow());
    }

    /** The 95 % bootstrap interval of the median. */
    public double[] medianInterval() {
        return interval(Sample::median);
    }

    /** The mean with its interval, like {@code 103 (98–110)}. */
    public String meanText() {
        return text(mean(), meanInterval());
    }

    /** The median with its interval. */
    public String medianText() {
        return text(median(), medianInterval());
    }

    private static String text(double middle, double[] interval) {
        return number(middle) + " (" + number(interval[0]) + "–" + number(interval[1]) + ")";
    }

    private static String number(double value) {
        double size = Math.abs(value);
        int decimals = size == 0 || size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 4;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    private double[] interval(java.util.function.ToDoubleFunction<double[]> statistic) {
        SplittableRandom random = new SplittableRandom(SEED);
        double[] found = new double[RESAMPLES];
        double[] drawn = new double[values.length];
        for (int i = 0; i < RESAMPLES; i++) {
            for (int j = 0; j < drawn.length; j++) {
                drawn[j] = values[random.nextInt(values.length)];
            }
            Arrays.sort(drawn);
            found[i] = statistic.applyAsDouble(drawn);
        }
        Arrays.sort(found);
        return new double[] {found[RESAMPLES * 25 / 1000], found[RESAMPLES * 975 / 1000]};
    }

    private static double median(double[] sorted) {
        int n = sorted.length;
        return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
    }
}
