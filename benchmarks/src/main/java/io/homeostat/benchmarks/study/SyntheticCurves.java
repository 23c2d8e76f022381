package io.homeostat.benchmarks.study;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Learning curves made up to choose defaults by, so that no recorded table is needed for that: five kinds of tasks of
 * 1,000 configurations × 50 epochs. Few configurations end well, the losses are noisy, and each kind is hard in its own
 * way.
 */
final class SyntheticCurves {
    private static final int CONFIGURATIONS = 1000;
    private static final int EPOCHS = 50;
    private static final double START = 1;

    private SyntheticCurves() {}

    @FunctionalInterface
    private interface Kind {
        /** The loss after an epoch without noise, of a configuration that will end at about {@code end}. */
        double[] curve(double end, RandomGenerator random);
    }

    static List<CurveTable> tables() {
        List<CurveTable> tables = new ArrayList<>();
        tables.add(table("power law", 1, SyntheticCurves::powerLaw));
        tables.add(table("good ones slow", 2, SyntheticCurves::goodOnesSlow));
        tables.add(table("plateau, then drop", 3, SyntheticCurves::plateau));
        tables.add(table("overfitting", 4, SyntheticCurves::overfitting));
        tables.add(table("diverging", 5, SyntheticCurves::diverging));
        return tables;
    }

    private static CurveTable table(String name, long seed, Kind kind) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] losses = new double[CONFIGURATIONS][];
        for (int i = 0; i < CONFIGURATIONS; i++) {
            double end = START - 0.7 * Math.pow(random.nextDouble(), 3);
            losses[i] = kind.curve(end, random);
            double noise = 0.005 * Math.exp(random.nextGaussian() / 2);
            for (int t = 0; t < EPOCHS; t++) {
                losses[i][t] += noise * random.nextGaussian();
            }
        }
        return new CurveTable(name, losses);
    }

    private static double[] falling(double end, double exponent) {
        double[] curve = new double[EPOCHS];
        for (int t = 0; t < EPOCHS; t++) {
            curve[t] = end + (START - end) * Math.pow(t + 1.0, -exponent);
        }
        return curve;
    }

    private static double[] powerLaw(double end, RandomGenerator random) {
        return falling(end, 0.3 + 0.9 * random.nextDouble());
    }

    private static double[] goodOnesSlow(double end, RandomGenerator random) {
        return falling(end, 0.2 + end * (0.4 + 0.8 * random.nextDouble()));
    }

    private static double[] plateau(double end, RandomGenerator random) {
        double onset = EPOCHS * 0.5 * random.nextDouble();
        double width = 1 + 4 * random.nextDouble();
        double[] curve = new double[EPOCHS];
        for (int t = 0; t < EPOCHS; t++) {
            curve[t] = START + (end - START) / (1 + Math.exp((onset - t) / width));
        }
        return curve;
    }

    private static double[] overfitting(double end, RandomGenerator random) {
        double[] curve = powerLaw(end, random);
        double growth = 0.01 * random.nextDouble() * random.nextDouble();
        double from = EPOCHS * (0.2 + 0.8 * random.nextDouble());
        for (int t = (int) from; t < EPOCHS; t++) {
            curve[t] += growth * (t - from);
        }
        return curve;
    }

    private static double[] diverging(double end, RandomGenerator random) {
        double[] curve = powerLaw(end, random);
        double from = random.nextDouble() < 0.25 ? EPOCHS * random.nextDouble() : EPOCHS;
        for (int t = (int) from; t < EPOCHS; t++) {
            curve[t] = t - from > 8 ? Double.NaN : curve[t] * Math.exp(t - from);
        }
        return curve;
    }
}
