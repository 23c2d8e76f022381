package io.homeostat.benchmarks.study;

import io.homeostat.benchmarks.study.Landscape.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Functions on which samplers are developed, none of which is one of {@link TestFunctions}, in 3, 6 and 8 dimensions. */
final class DevelopmentFunctions {
    private static final Kind[] FLOAT = {Kind.FLOAT};
    private static final Kind[] LOG = {Kind.LOG, Kind.FLOAT};
    private static final Kind[] MIXED = {Kind.INT, Kind.CHOICE, Kind.LOG, Kind.FLOAT};

    private static final List<Landscape> ALL = List.of(
            landscape("rotated", FLOAT, x -> quadratic(x, 1)),
            landscape("wavy", LOG, x -> quadratic(x, 2) + waves(x, 0.3, 9)),
            landscape("salomon", FLOAT, DevelopmentFunctions::salomon),
            landscape("powers", LOG, DevelopmentFunctions::powers),
            landscape("needle", FLOAT, x -> 1 - Math.exp(-6 * quadratic(x, 3))),
            landscape("cliff", MIXED, x -> quadratic(x, 4) + (x[0] > 0.25 ? 3 + 2 * x[0] : 0)),
            landscape("wavyMixed", MIXED, x -> quadratic(x, 5) + waves(x, 0.1, 14)));

    private DevelopmentFunctions() {}

    static List<Task> all() {
        List<Task> tasks = new ArrayList<>();
        for (int dimensions : new int[] {3, 6, 8}) {
            ALL.forEach(function -> tasks.add(function.in(dimensions, "development")));
        }
        return tasks;
    }

    private static Landscape landscape(String name, Kind[] kinds, Landscape.F f) {
        return new Landscape(name, kinds, -1, 1, (j, d) -> 0, d -> 0, true, f);
    }

    /* Σ cᵢ·(aᵢ·x)² over random directions of weights between .03 and 1. */
    private static double quadratic(double[] x, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            double inner = x[i];
            for (double v : x) {
                inner += v * (random.nextDouble() - 0.5);
            }
            sum += Math.pow(0.03, random.nextDouble()) * inner * inner;
        }
        return sum;
    }

    private static double waves(double[] x, double height, double frequency) {
        return height * Landscape.sum(x, v -> 1 - Math.cos(frequency * v)) / Math.sqrt(x.length);
    }

    private static double salomon(double[] x) {
        double norm = Math.sqrt(Landscape.sum(x, v -> v * v));
        return 1 - Math.cos(2 * Math.PI * norm) + norm;
    }

    private static double powers(double[] x) {
        double sum = 0;
        for (int j = 0; j < x.length; j++) {
            sum += Math.pow(Math.abs(x[j]), 1 + 0.5 * j);
        }
        return sum;
    }
}
