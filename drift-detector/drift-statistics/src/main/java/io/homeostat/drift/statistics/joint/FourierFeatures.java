package io.homeostat.drift.statistics.joint;

import io.homeostat.drift.statistics.state.SplitMix;

/**
 * Random Fourier features: (cos ωx, sin ωx) / √D for D random ω, whose inner product is on average the Gaussian kernel. The
 * same seed, dimensions and bandwidth give the same features, so that sums of them merge (Rahimi, Recht 2007).
 */
final class FourierFeatures {
    private final double[][] frequencies;
    private long coin;

    FourierFeatures(int number, int dimensions, double bandwidth, long seed) {
        coin = seed;
        frequencies = new double[number][dimensions];
        for (double[] frequency : frequencies) {
            for (int i = 0; i < dimensions; i++) {
                frequency[i] = gaussian() / bandwidth;
            }
        }
    }

    double[] of(double[] row) {
        double[] features = new double[2 * frequencies.length];
        double norm = 1 / Math.sqrt(frequencies.length);
        for (int k = 0; k < frequencies.length; k++) {
            double angle = 0;
            for (int i = 0; i < row.length; i++) {
                angle += frequencies[k][i] * row[i];
            }
            features[2 * k] = norm * Math.cos(angle);
            features[2 * k + 1] = norm * Math.sin(angle);
        }
        return features;
    }

    private double gaussian() {
        return Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
    }

    private double uniform() {
        coin = SplitMix.next(coin);
        return (SplitMix.bits(coin) >>> 11) * 0x1p-53;
    }
}
