package io.homeostat.meta.method;

import io.homeostat.study.gp.Cholesky;
import io.homeostat.study.gp.GaussianProcess.Prediction;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleBiFunction;

/**
 * A Gaussian process that has seen values on another scale, under several hypotheses on its mean: y = m + s·(g(x) + noise), with m
 * anything and ln |s| about 0, give or take a known deviation, or, rarely, much more (a Cauchy distribution). With probability
 * {@value #WRONG_SIGN} s is below 0: someone noted a metric with the wrong sign, or what was good is bad now.
 *
 * <p>m is integrated over (universal kriging), s is the one of largest posterior probability on a grid, and the evidence is
 * a sum over the grid. For any s the squares are a quadratic polynomial in 1/s, so the grid costs nothing.
 *
 * @param <P> points
 */
final class WarmPosterior<P> {
    private static final double WRONG_SIGN = 0.05; // the prior probability that s is below 0
    private static final int REACH = 32; // steps of the grid to either side
    private static final double STEP = 0.25;
    private static final double LEAST_VARIANCE = 1e-9;

    private final List<P> points;
    private final double[] y;
    private final Units units;
    private final ToDoubleBiFunction<P, P> covariance;
    private final Cholesky cholesky;
    private final double[] solvedOnes;
    private final double[] solvedY;
    private final double all;

    /**
     * What follows from a hypothesis on the mean.
     *
     * @param level m/s
     * @param weights of the points
     * @param scale s, by how much y changes with g; not 0
     * @param logEvidence ln of the probability of the values, up to what depends on their number only
     */
    @SuppressWarnings("ArrayRecordComponent") // lives within one suggestion and is never compared
    record Fit(double level, double[] weights, double scale, double logEvidence) {}

    /** A point as the values seen are related to it. */
    @SuppressWarnings("ArrayRecordComponent") // lives within one suggestion and is never compared
    record Related(double[] covariances, double deviation) {}

    /**
     * @param points at least one
     * @param y their values, of a size about 1
     * @param units how far ln |s| is usually from 0, and the noise of g
     * @param covariance of g
     */
    WarmPosterior(List<P> points, double[] y, Units units, ToDoubleBiFunction<P, P> covariance) {
        int n = points.size();
        this.points = points;
        this.y = y;
        this.units = units;
        this.covariance = covariance;
        double[] k = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                k[i * n + j] = covariance.applyAsDouble(points.get(i), points.get(j));
            }
            k[i * n + i] += units.noise();
        }
        cholesky = Cholesky.of(k, n);
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        solvedOnes = cholesky.solve(ones);
        solvedY = cholesky.solve(y);
        all = Arrays.stream(solvedOnes).sum();
    }

    /** What follows if this is the mean of g at the points. */
    Fit fit(double[] mean) {
        int n = y.length;
        double[] solvedMean = cholesky.solve(mean);
        double yy = centred(y, solvedY, solvedY);
        double ym = centred(mean, solvedMean, solvedY);
        double mm = centred(mean, solvedMean, solvedMean);
        double best = Double.NEGATIVE_INFINITY;
        double scale = 1;
        double sum = 0;
        double prior = 0;
        for (int g = -REACH; g <= REACH; g++) {
            double odds = 1 / (1 + Math.pow(STEP * g / units.logDeviation(), 2));
            prior += odds;
            for (int sign = -1; sign <= 1; sign += 2) {
                double s = sign * Math.exp(STEP * g);
                double log = -(yy / (s * s) - 2 * ym / s + mm) / 2
                        - (n - 1) * STEP * g
                        + Math.log(odds * (sign > 0 ? 1 - WRONG_SIGN : WRONG_SIGN));
                sum = log > best ? sum * Math.exp(best - log) + 1 : sum + Math.exp(log - best);
                scale = log > best ? s : scale;
                best = Math.max(best, log);
            }
        }
        double logEvidence = best + Math.log(sum / prior) - cholesky.logDeterminant() / 2 - Math.log(all) / 2;
        double[] residuals = new double[n];
        for (int i = 0; i < n; i++) {
            residuals[i] = y[i] / scale - mean[i];
        }
        double level = dot(solvedOnes, residuals) / all;
        Arrays.setAll(residuals, i -> residuals[i] - level);
        return new Fit(level, cholesky.solve(residuals), scale, logEvidence);
    }

    /* aᵀK⁻¹b of a and b less their means, in the sense of K. */
    private double centred(double[] a, double[] solvedA, double[] solvedB) {
        double sumA = Arrays.stream(solvedA).sum();
        double sumB = Arrays.stream(solvedB).sum();
        return dot(a, solvedB) - sumA * sumB / all;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** The points it has seen. */
    List<P> points() {
        return points;
    }

    /** How a point is related to those seen, whatever the mean. */
    Related related(P point) {
        double[] k = new double[points.size()];
        for (int i = 0; i < k.length; i++) {
            k[i] = covariance.applyAsDouble(points.get(i), point);
        }
        return related(point, k);
    }

    /**
     * The same where the covariances with the points seen are known.
     *
     * @param k in their order; kept
     */
    Related related(P point, double[] k) {
        double[] solved = k.clone();
        cholesky.forward(solved);
        double free = 1 - dot(k, solvedOnes);
        double variance = covariance.applyAsDouble(point, point) - dot(solved, solved) + free * free / all;
        return new Related(k, Math.sqrt(Math.max(LEAST_VARIANCE, variance)));
    }

    /** What is expected of y/|s| at a point, given the mean of g there. */
    Prediction at(Related related, double mean, Fit fit) {
        double expected = fit.level + mean + dot(related.covariances, fit.weights);
        return new Prediction(Math.signum(fit.scale) * expected, related.deviation);
    }
}
