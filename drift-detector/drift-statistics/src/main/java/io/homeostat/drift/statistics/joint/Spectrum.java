package io.homeostat.drift.statistics.joint;

/** The first three power sums of the eigenvalues of a covariance matrix, without the eigenvalues: Σ λᵏ is the trace of its kth power. */
final class Spectrum {
    private final double[][] products;
    private long count;

    Spectrum(int dimensions) {
        products = new double[dimensions][dimensions];
    }

    void add(double[] point) {
        count++;
        for (int i = 0; i < point.length; i++) {
            for (int j = 0; j <= i; j++) {
                products[i][j] += point[i] * point[j];
            }
        }
    }

    /** Σ λ, Σ λ², Σ λ³; the embedding is of the same points. */
    double[] powers(Embedding embedding) {
        double[][] covariance = covariance(embedding);
        double[] powers = new double[3];
        for (int i = 0; i < covariance.length; i++) {
            powers[0] += covariance[i][i];
            for (int j = 0; j < covariance.length; j++) {
                double square = 0;
                for (int k = 0; k < covariance.length; k++) {
                    square += covariance[i][k] * covariance[j][k];
                }
                powers[1] += i == j ? square : 0;
                powers[2] += square * covariance[i][j];
            }
        }
        return powers;
    }

    private double[][] covariance(Embedding embedding) {
        double[][] covariance = new double[products.length][products.length];
        for (int i = 0; i < products.length; i++) {
            for (int j = 0; j <= i; j++) {
                double value = products[i][j] / count - embedding.mean(i) * embedding.mean(j);
                covariance[i][j] = value;
                covariance[j][i] = value;
            }
        }
        return covariance;
    }
}
