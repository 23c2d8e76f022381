package io.homeostat.drift.statistics.twosample;

import io.homeostat.drift.statistics.profile.NumericProfile;
import io.homeostat.drift.statistics.profile.QuantileSketch;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * The distribution functions F of the reference, G of the window and H of both together, as steps between the quantiles
 * of the two, lengths in units of the reference's standard deviation.
 *
 * <p>Without drift (F − G) / √scale is about a Brownian bridge in H, scale = 1/n + 1/m. A sketch that has lost values
 * adds its own noise to that: a rank off by ε with probability .99 has a standard deviation of ε / 2.58, as much as the
 * median of 1 / (2 ε / 2.58)² rows would have.
 */
final class DistributionGap {
    private static final int LEVELS = 200;
    private static final double NORMAL_99 = 2.5758;
    private static final double SMALLEST_SIGMA = 1e-6;

    final double[] widths;
    final double[] gaps;
    final double[] pooled;
    final double scale;

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
            widths[i] = (points[i + 1] - points[i]) / sigma;
            gaps[i] = f[i] - g[i];
            pooled[i] = weight * f[i] + (1 - weight) * g[i];
        }
        scale = variance(before) + variance(now);
    }

    /** The standard deviation of H at a step, of one row: √(H (1 − H)). */
    double deviation(int step) {
        return Math.sqrt(Math.max(0, pooled[step] * (1 - pooled[step])));
    }

    private static DoubleStream quantiles(QuantileSketch sketch) {
        double[] quantiles = new double[LEVELS + 1];
        Arrays.setAll(quantiles, i -> sketch.quantile((double) i / LEVELS));
        return Arrays.stream(quantiles);
    }

    private static double variance(QuantileSketch sketch) {
        double noise = 2 * sketch.rankError() / NORMAL_99;
        return 1.0 / sketch.n() + noise * noise;
    }

    /* A reference of one value, or of rounding noise around one, has no scale of its own. */
    private static double sigma(NumericProfile reference, NumericProfile window) {
        double size = magnitude(reference.sketch());
        double floor = SMALLEST_SIGMA * (size > 0 ? size : magnitude(window.sketch()));
        return Math.max(Double.MIN_NORMAL, Math.max(floor, Math.sqrt(reference.variance())));
    }

    private static double magnitude(QuantileSketch sketch) {
        return Math.max(Math.abs(sketch.min()), Math.abs(sketch.max()));
    }
}
