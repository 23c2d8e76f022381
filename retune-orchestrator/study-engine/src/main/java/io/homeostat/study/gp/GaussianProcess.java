package io.homeostat.study.gp;

import java.util.Arrays;

/**
 * A Gaussian process that has seen values: constant mean, {@link Matern} kernel, normal noise. The mean and the variance
 * of the function are those of largest likelihood. Building costs O(n³/6), a prediction O(n²/2), with gradient O(n²).
 *
 * <p>Reference: C. Rasmussen, C. Williams, Gaussian Processes for Machine Learning, 2006, algorithm 2.1.
 */
public final class GaussianProcess {
    private static final double LEAST_VARIANCE = 1e-12;
    private static final double KNOWN = 1e-6; // noise that is next to none, and keeps near points apart

    private final int n;
    private final int d;
    private final double[] x;
    private final Matern kernel;
    private final Cholesky cholesky;
    private final double mean;
    private final double variance;
    private final double[] weights; // K⁻¹(y − mean)
    private final double[] values;
    private final double noise;

    /**
     * @param x the points, one after the other, {@code y.length·d} coordinates
     * @param y their values, at least one, of a size about 1
     * @param hyperparameters with d length scales
     * @param categorical which of the d coordinates are categorical
     */
    public GaussianProcess(double[] x, double[] y, Hyperparameters hyperparameters, boolean[] categorical) {
        n = y.length;
        d = categorical.length;
        this.x = x;
        this.values = y;
        this.noise = hyperparameters.noise();
        kernel = new Matern(hyperparameters.lengths(), categorical);
        cholesky = Cholesky.of(covariance(noise), n);
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        double[] solvedOnes = cholesky.solve(ones);
        double[] solved = cholesky.solve(y);
        double all = Cholesky.dot(ones, 0, solvedOnes, 0, n);
        mean = Cholesky.dot(ones, 0, solved, 0, n) / all;
        weights = new double[n];
        double sum = 0;
        for (int i = 0; i < n; i++) {
            weights[i] = solved[i] - mean * solvedOnes[i];
            sum += weights[i] * (y[i] - mean);
        }
        variance = Math.max(LEAST_VARIANCE, sum / n);
    }

    private GaussianProcess(GaussianProcess seen, double[] more) {
        d = seen.d;
        n = seen.n + more.length / d;
        x = Arrays.copyOf(seen.x, n * d);
        System.arraycopy(more, 0, x, seen.n * d, more.length);
        values = seen.values;
        noise = seen.noise;
        kernel = seen.kernel;
        mean = seen.mean;
        variance = seen.variance;
        weights = Arrays.copyOf(seen.weights, n); // what comes as expected moves no mean
        cholesky = Cholesky.of(covariance(KNOWN), n);
    }

    /**
     * The same means, and deviations as if the function were known at the points seen and as expected at some more, so that
     * nothing is left to find out there even where values are noisy. O((n + points)³/6).
     *
     * @param more points, one after the other; may be empty
     */
    public GaussianProcess knowing(double[] more) {
        return new GaussianProcess(this, more);
    }

    private double[] covariance(double ridge) {
        double[] k = new double[n * n];
        double[] point = new double[d];
        for (int i = 0; i < n; i++) {
            System.arraycopy(x, i * d, point, 0, d);
            for (int j = 0; j < i; j++) {
                k[i * n + j] = Matern.value(kernel.distance(point, x, j * d));
            }
            k[i * n + i] = 1 + ridge;
        }
        return k;
    }

    /** The standard deviation of the function where nothing is known, above 0. */
    public double priorDeviation() {
        return Math.sqrt(variance);
    }

    /** How many values it has seen. */
    public int size() {
        return values.length;
    }

    /** What is expected at a point. */
    public Prediction predict(double[] point) {
        double[] k = new double[n];
        double expected = mean;
        for (int i = 0; i < n; i++) {
            k[i] = Matern.value(kernel.distance(point, x, i * d));
            expected += k[i] * weights[i];
        }
        cholesky.forward(k);
        return new Prediction(expected, deviation(1 - Cholesky.dot(k, 0, k, 0, n)));
    }

    /**
     * What is expected at a point, and how that changes with it.
     *
     * @param byMean filled with the gradient of the mean
     * @param byDeviation filled with the gradient of the deviation
     */
    public Prediction predict(double[] point, double[] byMean, double[] byDeviation) {
        double[] distances = new double[n];
        double[] k = new double[n];
        double expected = mean;
        for (int i = 0; i < n; i++) {
            distances[i] = kernel.distance(point, x, i * d);
            k[i] = Matern.value(distances[i]);
            expected += k[i] * weights[i];
        }
        cholesky.forward(k);
        double deviation = deviation(1 - Cholesky.dot(k, 0, k, 0, n));
        cholesky.backward(k);
        Arrays.fill(byMean, 0);
        Arrays.fill(byDeviation, 0);
        for (int i = 0; i < n; i++) {
            double slope = Matern.slope(distances[i]);
            kernel.addGradient(point, x, i * d, slope, weights[i], byMean);
            kernel.addGradient(point, x, i * d, slope, -k[i] * variance / deviation, byDeviation);
        }
        return new Prediction(expected, deviation);
    }

    private double deviation(double share) {
        return Math.sqrt(variance * Math.max(share, LEAST_VARIANCE));
    }

    /** What is expected of the function at a point whose value it has seen: that with the noise taken out. */
    public double smoothed(int index) {
        return values[index] - noise * weights[index];
    }

    /**
     * A prediction for the function, noise left out.
     *
     * @param mean what is expected
     * @param deviation its standard deviation, above 0
     */
    public record Prediction(double mean, double deviation) {}
}
