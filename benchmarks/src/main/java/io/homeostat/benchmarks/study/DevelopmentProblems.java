package io.homeostat.benchmarks.study;

import io.homeostat.study.space.Space;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Problems with several objectives on which samplers are developed, none of which is one of {@link ParetoProblem#all}.
 * Volumes are shares of the box between the best and the worst values.
 */
final class DevelopmentProblems {
    private static final List<Map<String, Object>> MIXED = List.of(
            Map.of("float", List.of(0, 1)),
            Map.of("float", List.of(1e-4, 1), "log", true),
            Map.of("int", List.of(1, 21)),
            Map.of("categorical", List.of("a", "b", "c", "d", "e")));

    private DevelopmentProblems() {}

    static List<ParetoProblem> all() {
        return List.of(
                problem("zdt4", numbers(10), DevelopmentProblems::zdt4, 1, 250),
                problem("zdt6", numbers(10), DevelopmentProblems::zdt6, 1, 10),
                problem("dtlz5", numbers(12), DevelopmentProblems::dtlz5, 3.5, 3.5, 3.5),
                problem("dtlz7", numbers(12), DevelopmentProblems::dtlz7, 1, 1, 30),
                problem("fonseca", numbers(6), DevelopmentProblems::fonseca, 1, 1),
                problem("costMixed", mixed(8), DevelopmentProblems::cost, 2, 2));
    }

    private static ParetoProblem problem(
            String name, Space space, java.util.function.UnaryOperator<double[]> f, double... reference) {
        double box = 1;
        for (double worst : reference) {
            box *= worst;
        }
        return new ParetoProblem(name, space, reference, box, f);
    }

    private static Space numbers(int dimensions) {
        return space(dimensions, MIXED.subList(0, 1));
    }

    private static Space mixed(int dimensions) {
        return space(dimensions, MIXED);
    }

    private static Space space(int dimensions, List<Map<String, Object>> kinds) {
        Map<String, Object> written = new LinkedHashMap<>();
        for (int j = 0; j < dimensions; j++) {
            written.put("x" + j, kinds.get(j % kinds.size()));
        }
        return Space.parse(written);
    }

    private static double[] zdt4(double[] x) {
        double g = 1;
        for (int j = 1; j < x.length; j++) {
            double y = 10 * x[j] - 5;
            g += 10 + y * y - 10 * Math.cos(4 * Math.PI * y);
        }
        return new double[] {x[0], g * (1 - Math.sqrt(x[0] / g))};
    }

    private static double[] zdt6(double[] x) {
        double sum = 0;
        for (int j = 1; j < x.length; j++) {
            sum += x[j];
        }
        double first = 1 - Math.exp(-4 * x[0]) * Math.pow(Math.sin(6 * Math.PI * x[0]), 6);
        double g = 1 + 9 * Math.pow(sum / (x.length - 1), 0.25);
        return new double[] {first, g * (1 - first / g * (first / g))};
    }

    private static double[] dtlz5(double[] x) {
        double g = 0;
        for (int j = 2; j < x.length; j++) {
            g += (x[j] - 0.5) * (x[j] - 0.5);
        }
        double a = x[0] * Math.PI / 2;
        double b = Math.PI / (4 * (1 + g)) * (1 + 2 * g * x[1]);
        double size = 1 + g;
        return new double[] {size * Math.cos(a) * Math.cos(b), size * Math.cos(a) * Math.sin(b), size * Math.sin(a)};
    }

    private static double[] dtlz7(double[] x) {
        double sum = 0;
        for (int j = 2; j < x.length; j++) {
            sum += x[j];
        }
        double g = 1 + 9 * sum / (x.length - 2);
        double h = 3;
        for (int k = 0; k < 2; k++) {
            h -= x[k] / (1 + g) * (1 + Math.sin(3 * Math.PI * x[k]));
        }
        return new double[] {x[0], x[1], (1 + g) * h};
    }

    private static double[] fonseca(double[] x) {
        double less = 0;
        double more = 0;
        double shift = 1 / Math.sqrt(x.length);
        for (double u : x) {
            double v = 8 * u - 4;
            less += (v - shift) * (v - shift);
            more += (v + shift) * (v + shift);
        }
        return new double[] {1 - Math.exp(-less), 1 - Math.exp(-more)};
    }

    /* An error that falls with what two of the parameters cost, and has its least value elsewhere in the others. */
    private static double[] cost(double[] x) {
        double off = 0;
        for (int j = 2; j < x.length; j++) {
            off += (x[j] - 0.37) * (x[j] - 0.37);
        }
        double cost = (x[0] + x[1] + x[0] * x[1]) / 3 + 0.2 * x[2];
        return new double[] {Math.exp(-4 * x[0] - 2 * x[1]) + off / 2, cost};
    }
}
