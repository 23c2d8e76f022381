package io.homeostat.study.gp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Hyperparameters of largest posterior probability.
 *
 * <p>Mean and variance of the process are those of largest likelihood, so that
 * −ln p = n/2·ln s² + ½·ln det K − ln prior is to be minimised by ln ℓ and ln noise. Priors: ln ℓ is normal around
 * ln(½√d) with deviation 1, for distances in a unit cube grow with √d; noise has the density
 * noise^.1·exp(−30·noise), which says that there is little.
 */
public final class MarginalLikelihood implements BoxMinimizer.Smooth {
    private static final double LEAST_LENGTH = 0.02;
    private static final double MOST_LENGTH = 50;
    private static final double LEAST_NOISE = 1e-6;
    private static final double MOST_NOISE = 1;
    private static final double LENGTH_DEVIATION = 1;
    private static final double TOLERANCE = 0.01;

    private final int n;
    private final int d;
    private final double[] y;
    private final double[][] squared; // by coordinate: pairs i > j, row by row
    private final double usual;
    private final double[] distances; // by pair; what follows is overwritten by each evaluation
    private final double[] slopes;
    private final double[] k;
    private final double[] factor;
    private final double[] columns;
    private final double[] inverse;

    private MarginalLikelihood(double[] x, double[] y, boolean[] categorical) {
        this.y = y;
        n = y.length;
        d = categorical.length;
        usual = Math.log(0.5 * Math.sqrt(d));
        distances = new double[n * (n - 1) / 2];
        slopes = new double[distances.length];
        k = new double[n * n];
        factor = new double[n * n];
        columns = new double[n * n];
        inverse = new double[n * n];
        squared = new double[d][n * (n - 1) / 2];
        int pair = 0;
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < i; k++, pair++) {
                for (int j = 0; j < d; j++) {
                    squared[j][pair] = Matern.squared(x[i * d + j], x[k * d + j], categorical[j]);
                }
            }
        }
    }

    /**
     * Fits them from a few starts, each of O(evaluations·(n³/2 + d·n²)).
     *
     * @param x the points, one after the other
     * @param y their values, of a size about 1
     * @param categorical which coordinates are categorical
     * @param evaluations of the likelihood per start, at least 1
     */
    public static Hyperparameters fit(double[] x, double[] y, boolean[] categorical, int evaluations) {
        int d = categorical.length;
        MarginalLikelihood f = new MarginalLikelihood(x, y, categorical);
        double[] lower = filled(d, Math.log(LEAST_LENGTH), Math.log(LEAST_NOISE));
        double[] upper = filled(d, Math.log(MOST_LENGTH), Math.log(MOST_NOISE));
        List<double[]> starts = new ArrayList<>();
        starts.add(filled(d, f.usual, Math.log(1e-3)));
        starts.add(filled(d, f.usual - 1, Math.log(1e-2)));
        BoxMinimizer.Minimum best = new BoxMinimizer.Minimum(starts.get(0), Double.POSITIVE_INFINITY);
        for (double[] start : starts) {
            BoxMinimizer.Minimum found = BoxMinimizer.minimize(f, start, lower, upper, 1, evaluations, TOLERANCE);
            if (found.value() < best.value()) {
                best = found;
            }
        }
        double[] lengths = new double[d];
        for (int j = 0; j < d; j++) {
            lengths[j] = Math.exp(best.x()[j]);
        }
        return new Hyperparameters(lengths, Math.exp(best.x()[d]));
    }

    private static double[] filled(int d, double length, double noise) {
        double[] x = new double[d + 1];
        Arrays.fill(x, length);
        x[d] = noise;
        return x;
    }

    @Override
    public double at(double[] x, double[] gradient) {
        Arrays.fill(distances, 0);
        for (int j = 0; j < d; j++) {
            double precision = Math.exp(-2 * x[j]);
            double[] column = squared[j];
            for (int p = 0; p < distances.length; p++) {
                distances[p] += precision * column[p];
            }
        }
        double noise = Math.exp(x[d]);
        for (int i = 0, p = 0; i < n; i++) {
            for (int j = 0; j < i; j++, p++) {
                double r = Math.sqrt(5 * distances[p]);
                double e = Math.exp(-r);
                k[i * n + j] = (1 + r + r * r / 3) * e;
                slopes[p] = 5.0 / 3 * (1 + r) * e;
            }
            k[i * n + i] = 1 + noise;
        }
        Cholesky cholesky = Cholesky.of(k, n, factor);
        cholesky.inverse(columns, inverse);
        double[] weights = weights();
        double variance = Math.max(1e-12, Cholesky.dot(weights, 0, y, 0, n) / n);
        lengthGradient(x, gradient, weights, variance);
        gradient[d] = noiseGradient(weights, variance) * noise;
        double prior = 0;
        for (int j = 0; j < d; j++) {
            double z = (x[j] - usual) / LENGTH_DEVIATION;
            prior += z * z / 2;
            gradient[j] += z / LENGTH_DEVIATION;
        }
        prior += 30 * noise - 0.1 * x[d];
        gradient[d] += 30 * noise - 0.1;
        return n / 2.0 * Math.log(variance) + cholesky.logDeterminant() / 2 + prior;
    }

    /* K⁻¹(y − m) for the mean m of largest likelihood; its inner product with y is that with y − m. */
    private double[] weights() {
        double[] weights = new double[n];
        double[] ones = new double[n];
        double all = 0;
        double sum = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                ones[i] += inverse[i * n + j];
            }
            weights[i] = Cholesky.dot(inverse, i * n, y, 0, n);
            all += ones[i];
            sum += weights[i];
        }
        for (int i = 0; i < n; i++) {
            weights[i] -= sum / all * ones[i];
        }
        return weights;
    }

    /* ½·tr((K⁻¹ − ww′/s²)·dK): each pair stands twice in K. */
    private void lengthGradient(double[] x, double[] gradient, double[] weights, double variance) {
        for (int i = 0, p = 0; i < n; i++) {
            for (int k = 0; k < i; k++, p++) {
                slopes[p] *= inverse[i * n + k] - weights[i] * weights[k] / variance;
            }
        }
        for (int j = 0; j < d; j++) {
            gradient[j] = Math.exp(-2 * x[j]) * Cholesky.dot(slopes, 0, squared[j], 0, slopes.length);
        }
    }

    private double noiseGradient(double[] weights, double variance) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += inverse[i * n + i] - weights[i] * weights[i] / variance;
        }
        return sum / 2;
    }
}
