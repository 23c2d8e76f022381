package io.homeostat.study.gp;

import java.util.Arrays;

/**
 * Makes values to be minimised look normal: bad outliers are capped, the rest is standardised, bent by the
 * Yeo-Johnson transform that makes it likeliest to be normal, and standardised again. Only transforms that press bad values
 * together and draw good ones apart are considered (λ ≤ 1). Rising throughout below the cap.
 *
 * <p>Reference: I. Yeo, R. Johnson, A New Family of Power Transformations to Improve Normality or Symmetry, Biometrika 87,
 * 2000.
 */
public final class Warp {
    private static final double REACH = 3;
    private static final double LEAST_LAMBDA = -2;
    private static final int LAMBDAS = 31;

    private final double cap;
    private final double size; // brings values to [-1, 1] before anything can overflow
    private final double centre;
    private final double deviation;
    private final double lambda;
    private final double bentMean;
    private final double bentDeviation;

    /**
     * @param values at least one, finite
     */
    public Warp(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double largest = Math.max(Math.abs(sorted[0]), Math.abs(sorted[sorted.length - 1]));
        size = largest > 0 ? largest : 1;
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] /= size;
        }
        double quarter = sorted[(sorted.length - 1) / 4];
        double upper = sorted[(sorted.length - 1) * 3 / 4];
        cap = upper > quarter ? upper + REACH * (upper - quarter) : Double.POSITIVE_INFINITY;
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = Math.min(cap, sorted[i]);
        }
        centre = Arrays.stream(sorted).average().orElseThrow();
        deviation = deviation(sorted, centre);
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = (sorted[i] - centre) / deviation;
        }
        lambda = likeliest(sorted);
        double[] bent = bent(sorted, lambda);
        bentMean = Arrays.stream(bent).average().orElseThrow();
        bentDeviation = deviation(bent, bentMean);
    }

    private static double deviation(double[] values, double mean) {
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        double deviation = Math.sqrt(sum / values.length);
        return deviation > 1e-300 ? deviation : 1;
    }

    private static double likeliest(double[] z) {
        double best = 1;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < LAMBDAS; i++) {
            double candidate = LEAST_LAMBDA + (1 - LEAST_LAMBDA) * i / (LAMBDAS - 1);
            double[] bent = bent(z, candidate);
            double mean = Arrays.stream(bent).average().orElseThrow();
            double likelihood = -z.length * Math.log(deviation(bent, mean));
            for (double value : z) {
                likelihood += (candidate - 1) * Math.signum(value) * Math.log1p(Math.abs(value));
            }
            if (likelihood > most) {
                most = likelihood;
                best = candidate;
            }
        }
        return best;
    }

    private static double[] bent(double[] z, double lambda) {
        return Arrays.stream(z).map(value -> bend(value, lambda)).toArray();
    }

    private static double bend(double z, double lambda) {
        if (z < 0) {
            return -(Math.pow(1 - z, 2 - lambda) - 1) / (2 - lambda);
        }
        return Math.abs(lambda) < 1e-9 ? Math.log1p(z) : (Math.pow(1 + z, lambda) - 1) / lambda;
    }

    /** The value on the new scale. */
    public double apply(double value) {
        double z = (Math.min(cap, value / size) - centre) / deviation;
        return (bend(z, lambda) - bentMean) / bentDeviation;
    }

    /** By how much a value falls if it falls by one on the new scale, to the first order. */
    public double unitAt(double value) {
        double z = (Math.min(cap, value / size) - centre) / deviation;
        double slope = z < 0 ? Math.pow(1 - z, 1 - lambda) : Math.pow(1 + z, lambda - 1);
        return bentDeviation / slope * deviation * size;
    }
}
