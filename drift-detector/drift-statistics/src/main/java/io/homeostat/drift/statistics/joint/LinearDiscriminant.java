package io.homeostat.drift.statistics.joint;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * Fisher's linear discriminant of two samples, with a ridge: the direction (S + λI)⁻¹ (ȳ − x̄), S the covariance within
 * the samples. It is what logistic regression tends to where the samples differ little.
 */
final class LinearDiscriminant {
    private static final double RIDGE = 0.1;

    private final double[] weights;

    private LinearDiscriminant(double[] weights) {
        this.weights = weights;
    }

    static LinearDiscriminant fit(double[][] x, double[][] y) {
        double[] meanX = mean(x);
        double[] meanY = mean(y);
        int d = meanX.length;
        double[][] within = new double[d][d];
        addScatter(within, x, meanX);
        addScatter(within, y, meanY);
        double[] scales = new double[d];
        double[] gap = new double[d];
        for (int i = 0; i < d; i++) {
            scales[i] = within[i][i] > 0 ? 1 / Math.sqrt(within[i][i]) : 0;
            gap[i] = (meanY[i] - meanX[i]) * scales[i];
        }
        RealMatrix correlation = new Array2DRowRealMatrix(d, d);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                double value = within[i][j] * scales[i] * scales[j] + (i == j ? RIDGE : 0);
                correlation.setEntry(i, j, value);
                correlation.setEntry(j, i, value);
            }
        }
        double[] weights = new CholeskyDecomposition(correlation)
                .getSolver()
                .solve(new ArrayRealVector(gap))
                .toArray();
        for (int i = 0; i < d; i++) {
            weights[i] *= scales[i];
        }
        return new LinearDiscriminant(weights);
    }

    double[] scores(double[][] rows) {
        double[] scores = new double[rows.length];
        for (int r = 0; r < rows.length; r++) {
            for (int i = 0; i < weights.length; i++) {
                scores[r] += weights[i] * rows[r][i];
            }
        }
        return scores;
    }

    private static double[] mean(double[][] rows) {
        double[] mean = new double[rows[0].length];
        for (double[] row : rows) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += row[i] / rows.length;
            }
        }
        return mean;
    }

    private static void addScatter(double[][] within, double[][] rows, double[] mean) {
        for (double[] row : rows) {
            for (int i = 0; i < mean.length; i++) {
                double centred = row[i] - mean[i];
                for (int j = 0; j <= i; j++) {
                    within[i][j] += centred * (row[j] - mean[j]);
                }
            }
        }
    }
}
