package io.homeostat.benchmarks.study;

import io.homeostat.benchmarks.study.Landscape.Kind;
import java.util.ArrayList;
import java.util.List;

/** Twelve standard test functions; see Surjanovic and Bingham, Virtual Library of Simulation Experiments. */
final class TestFunctions {
    private static final Kind[] FLOAT = {Kind.FLOAT};
    private static final Kind[] LOG = {Kind.LOG};
    private static final Kind[] MIXED = {Kind.CHOICE, Kind.FLOAT, Kind.INT, Kind.FLOAT, Kind.LOG};

    private static final List<Landscape> ALL = List.of(
            moving("ackley", FLOAT, 32.768, 0, TestFunctions::ackley),
            moving("rastrigin", FLOAT, 5.12, 0, TestFunctions::rastrigin),
            moving("griewank", FLOAT, 100, 0, TestFunctions::griewank),
            moving("levy", FLOAT, 10, 1, TestFunctions::levy),
            moving("rosenbrock", FLOAT, 2.048, 1, TestFunctions::rosenbrock),
            new Landscape(
                    "styblinskiTang",
                    FLOAT,
                    -5,
                    5,
                    (j, d) -> -2.903534,
                    d -> -39.16616570377142 * d,
                    false,
                    x -> Landscape.sum(x, v -> v * v * v * v - 16 * v * v + 5 * v) / 2),
            new Landscape(
                    "michalewicz",
                    FLOAT,
                    0,
                    Math.PI,
                    (j, d) -> 0,
                    d -> d == 2 ? -1.8013034 : d == 5 ? -4.6876582 : -9.6601517,
                    false,
                    TestFunctions::michalewicz),
            new Landscape("schwefel", FLOAT, -500, 500, (j, d) -> 420.9687, d -> 0, false, TestFunctions::schwefel),
            moving("ellipsoidLog", LOG, 5, 0, TestFunctions::ellipsoid),
            moving("zakharovLog", LOG, 5, 0, TestFunctions::zakharov),
            moving("ackleyMixed", MIXED, 32.768, 0, TestFunctions::ackley),
            moving("rosenbrockMixed", MIXED, 2.048, 1, TestFunctions::rosenbrock));

    private TestFunctions() {}

    static List<Task> all() {
        List<Task> tasks = new ArrayList<>();
        for (int dimensions : new int[] {2, 5, 10}) {
            ALL.forEach(function -> tasks.add(function.in(dimensions, "functions")));
        }
        return tasks;
    }

    private static Landscape moving(String name, Kind[] kinds, double reach, double optimum, Landscape.F f) {
        return new Landscape(name, kinds, -reach, reach, (j, d) -> optimum, d -> 0, true, f);
    }

    private static double ackley(double[] x) {
        double squares = Landscape.sum(x, v -> v * v) / x.length;
        double waves = Landscape.sum(x, v -> Math.cos(2 * Math.PI * v)) / x.length;
        return 20 + Math.E - 20 * Math.exp(-0.2 * Math.sqrt(squares)) - Math.exp(waves);
    }

    private static double rastrigin(double[] x) {
        return Landscape.sum(x, v -> v * v + 10 - 10 * Math.cos(2 * Math.PI * v));
    }

    private static double griewank(double[] x) {
        double product = 1;
        for (int j = 0; j < x.length; j++) {
            product *= Math.cos(x[j] / Math.sqrt(j + 1));
        }
        return Landscape.sum(x, v -> v * v) / 4000 + 1 - product;
    }

    private static double levy(double[] x) {
        double[] w = new double[x.length];
        for (int j = 0; j < w.length; j++) {
            w[j] = 1 + (x[j] - 1) / 4;
        }
        double last = w[w.length - 1];
        double sum = square(Math.sin(Math.PI * w[0])) + square(last - 1) * (1 + square(Math.sin(2 * Math.PI * last)));
        for (int j = 0; j < w.length - 1; j++) {
            sum += square(w[j] - 1) * (1 + 10 * square(Math.sin(Math.PI * w[j] + 1)));
        }
        return sum;
    }

    private static double rosenbrock(double[] x) {
        double sum = 0;
        for (int j = 0; j < x.length - 1; j++) {
            sum += 100 * square(x[j + 1] - x[j] * x[j]) + square(1 - x[j]);
        }
        return sum;
    }

    private static double michalewicz(double[] x) {
        double sum = 0;
        for (int j = 0; j < x.length; j++) {
            sum -= Math.sin(x[j]) * Math.pow(Math.sin((j + 1) * x[j] * x[j] / Math.PI), 20);
        }
        return sum;
    }

    private static double schwefel(double[] x) {
        return Math.max(0, 418.9828872724338 * x.length - Landscape.sum(x, v -> v * Math.sin(Math.sqrt(Math.abs(v)))));
    }

    private static double ellipsoid(double[] x) {
        double sum = 0;
        for (int j = 0; j < x.length; j++) {
            sum += Math.pow(100, x.length == 1 ? 0 : j / (x.length - 1.0)) * x[j] * x[j];
        }
        return sum;
    }

    private static double zakharov(double[] x) {
        double weighted = 0;
        for (int j = 0; j < x.length; j++) {
            weighted += 0.5 * (j + 1) * x[j];
        }
        return Landscape.sum(x, v -> v * v) + square(weighted) + square(square(weighted));
    }

    private static double square(double value) {
        return value * value;
    }
}
