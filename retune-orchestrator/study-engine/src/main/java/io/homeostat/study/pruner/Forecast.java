package io.homeostat.study.pruner;

import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.DecompositionSolver;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/**
 * Bayesian linear regression with unknown noise: y = xᵀβ + ε, β ~ N(0, σ²·I), ε ~ N(0, σ²), σ² ~ inverse-gamma(a, a·s²).
 * The forecast of another y is Student's t with 2a + n degrees of freedom.
 *
 * <p>Without data it is 0 give or take s: all is said in units in which that is sensible.
 */
final class Forecast {
    private static final double PRIOR_SHAPE = 1.5;
    private static final double PRIOR_NOISE = 0.25;

    private final RealVector mean;
    private final DecompositionSolver precision;
    private final double noise;
    private final double degrees;

    /**
     * @param x a row of features per observation, each of size about 1
     * @param y what was observed
     */
    Forecast(double[][] x, double[] y) {
        int features = x[0].length;
        RealMatrix design = MatrixUtils.createRealMatrix(x);
        RealVector observed = new ArrayRealVector(y, false);
        RealMatrix posterior = design.transpose().multiply(design).add(MatrixUtils.createRealIdentityMatrix(features));
        precision = new CholeskyDecomposition(posterior).getSolver();
        RealVector moments = design.preMultiply(observed);
        mean = precision.solve(moments);
        degrees = 2 * PRIOR_SHAPE + y.length;
        double scale = PRIOR_SHAPE * PRIOR_NOISE * PRIOR_NOISE
                + Math.max(0, observed.dotProduct(observed) - mean.dotProduct(moments)) / 2;
        noise = 2 * scale / degrees;
    }

    /** The middle of the forecast at x. */
    double mean(double[] x) {
        return mean.dotProduct(new ArrayRealVector(x, false));
    }

    /** How likely y at x is below a value. */
    double below(double[] x, double value) {
        RealVector at = new ArrayRealVector(x, false);
        double width = Math.sqrt(noise * (1 + at.dotProduct(precision.solve(at))));
        return new TDistribution(null, degrees).cumulativeProbability((value - mean(x)) / width);
    }
}
