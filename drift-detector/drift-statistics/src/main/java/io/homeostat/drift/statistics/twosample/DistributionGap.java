package io.homeostat.drift.statistics.twosample;

import io.homeostat.drift.statistics.profile.NumericProfile;
import io.homeostat.drift.statistics.profile.QuantileSketch;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * The distribution functions F of the reference, G of the window and H of both together, as steps between the quantiles
 * of the two, lengths in units of the reference's standard deviation.
 *
 * <p>Without drift F − G is about a Brownian bridge in H times √(1/n + 1/m). Two things are added to its variance. A
 * sketch that has lost values has a noise of its own, alike in the middle and, down to about one value in a hundred, in the tails: a rank off by ε with
 * probability .99 has a standard deviation of ε / 2.58. And in the tails a few rows decide, whose number is not known
 * well: one row more on either side.
 */
final class DistributionGap {
    private static final int LEVELS = 200;
    private static final double NORMAL_99 = 2.5758;
    private static final double SMALL_RANK = 0.0068;
    private static final double SMALLEST_SIGMA = 1e-6;

    final double[] widths;
    final double[] gaps;
    final double[] pooled;
    private final double scale;
    private final double rows;
    private final double noise;

    DistributionGap(NumericProfile reference, NumericProfile window) {
        QuantileSketch before = reference.sketch();
        QuantileSketch now = window.sketch();
        double[] points = DoubleStream.concat(quantiles(before), quantiles(now))
                .sorted()
                .distinct()
                .toArray();
        double sigma = sigma(reference, window);
        double[] f = before.cdf(points);
        double[] g = now.cdf(points);
        int steps = points.length - 1;
        widths = new double[steps];
        gaps = new double[steps];
        pooled = new double[steps];
        double weight = (double) before.n() / (before.n() + now.n());
        for (int i = 0; i < steps; i++) {
            widths[i] = points[i + 1] / sigma - points[i] / sigma;
            gaps[i] = f[i] - g[i];
            pooled[i] = weight * f[i] + (1 - weight) * g[i];
        }
        scale = 1.0 / before.n() + 1.0 / now.n() + reference.wander().transport();
        rows = square(1.0 / before.n()) + square(1.0 / now.n());
        noise = square(before.rankError() / NORMAL_99) + square(now.rankError() / NORMAL_99);
    }

    /** The variance of F − G without drift where H is {@code level}. */
    double variance(double level) {
        return covariance(level, level);
    }

    /** The covariance of F − G without drift where H is {@code low} and where it is {@code high}. */
    double covariance(double low, double high) {
        return low <= 0 || high >= 1 ? 0 : low * (1 - high) * scale + rows + noise * share(low) * share(high);
    }

    /* Near the extremes a sketch is off by less, as there is less to be off by. */
    private double share(double level) {
        return Math.min(1, Math.sqrt(level * (1 - level) / SMALL_RANK));
    }

    private static DoubleStream quantiles(QuantileSketch sketch) {
        double[] quantiles = new double[LEVELS + 1];
        Arrays.setAll(quantiles, i -> sketch.quantile((double) i / LEVELS));
        return Arrays.stream(quantiles);
    }

    private static double square(double value) {
        return value * value;
    }

    /* A reference of one value, or of rounding noise around one, has no scale of its own; nor has one too wide for it. */
    private static double sigma(NumericProfile reference, NumericProfile window) {
        double size = magnitude(reference.sketch());
        double floor = SMALLEST_SIGMA * (size > 0 ? size : magnitude(window.sketch()));
        double deviation = Math.sqrt(reference.variance());
        return Math.max(Double.MIN_NORMAL, Math.max(floor, Double.isFinite(deviation) ? deviation : size));
    }

    private static double magnitude(QuantileSketch sketch) {
        return Math.max(Math.abs(sketch.min()), Math.abs(sketch.max()));
    }
}
