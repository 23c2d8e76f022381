package io.homeostat.benchmarks.study;

import io.homeostat.study.pareto.Hypervolume;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.space.Space;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * A test problem with several objectives, all to be minimised, whose best front is known.
 *
 * @param space parameters from 0 to 1
 * @param reference worst value of each objective: volumes are measured up to here
 * @param best the volume that the best front dominates
 * @param objectives from coordinates
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ParetoProblem(String name, Space space, double[] reference, double best, UnaryOperator<double[]> objectives) {
    private static final int ZDT_PARAMETERS = 30;
    private static final int DTLZ_PARAMETERS = 12;
    private static final int ON_FRONT = 100_000;

    /** ZDT1 to ZDT3 with 30 parameters, DTLZ2 with 12 and three objectives: as their authors set them. */
    static List<ParetoProblem> all() {
        double[] two = {1, 10};
        return List.of(
                new ParetoProblem("zdt1", cube(ZDT_PARAMETERS), two, 10 - 1.0 / 3, x -> zdt(x, ParetoProblem::convex)),
                new ParetoProblem("zdt2", cube(ZDT_PARAMETERS), two, 10 - 2.0 / 3, x -> zdt(x, ParetoProblem::concave)),
                new ParetoProblem(
                        "zdt3", cube(ZDT_PARAMETERS), two, zdt3Volume(two), x -> zdt(x, ParetoProblem::disconnected)),
                new ParetoProblem(
                        "dtlz2",
                        cube(DTLZ_PARAMETERS),
                        new double[] {3.5, 3.5, 3.5},
                        3.5 * 3.5 * 3.5 - Math.PI / 6,
                        ParetoProblem::dtlz2));
    }

    private static Space cube(int dimensions) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int j = 0; j < dimensions; j++) {
            map.put("x" + j, Map.of("float", List.of(0, 1)));
        }
        return Space.parse(map);
    }

    private static double zdt3Volume(double[] reference) {
        double[][] front = IntStream.rangeClosed(0, ON_FRONT)
                .mapToObj(i -> (double) i / ON_FRONT)
                .map(x -> new double[] {x, disconnected(x, 1)})
                .toArray(double[][]::new);
        return Hypervolume.of(front, reference);
    }

    @FunctionalInterface
    private interface Shape {
        double second(double first, double g);
    }

    private static double[] zdt(double[] x, Shape shape) {
        double sum = 0;
        for (int j = 1; j < x.length; j++) {
            sum += x[j];
        }
        return new double[] {x[0], shape.second(x[0], 1 + 9 * sum / (x.length - 1))};
    }

    private static double convex(double first, double g) {
        return g * (1 - Math.sqrt(first / g));
    }

    private static double concave(double first, double g) {
        return g * (1 - first / g * (first / g));
    }

    private static double disconnected(double first, double g) {
        return g * (1 - Math.sqrt(first / g) - first / g * Math.sin(10 * Math.PI * first));
    }

    private static double[] dtlz2(double[] x) {
        double g = 1;
        for (int j = 2; j < x.length; j++) {
            g += (x[j] - 0.5) * (x[j] - 0.5);
        }
        double a = x[0] * Math.PI / 2;
        double b = x[1] * Math.PI / 2;
        return new double[] {g * Math.cos(a) * Math.cos(b), g * Math.cos(a) * Math.sin(b), g * Math.sin(a)};
    }

    double[] at(Configuration configuration) {
        return objectives.apply(space.toUnit(configuration));
    }

    /** What the points dominate, as a share of what the best front does. */
    double share(double[][] points) {
        return Hypervolume.of(points, reference) / best;
    }
}
