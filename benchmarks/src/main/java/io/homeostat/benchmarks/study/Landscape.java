package io.homeostat.benchmarks.study;

import io.homeostat.benchmarks.study.Task.Instance;
import io.homeostat.study.space.CategoricalParameter;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.space.Parameter;
import io.homeostat.study.space.Space;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A function of numbers made a task: its arguments are parameters of some kinds, and its minimum is moved to another
 * place for each seed.
 *
 * @param name of the function
 * @param kinds of the parameters, in turn
 * @param from least argument; likewise {@code to}
 * @param optimum where an argument of the function is best, by place in the list
 * @param least its value there
 * @param moves whether the minimum may be moved; else it stays at {@code optimum}
 */
record Landscape(String name, Kind[] kinds, double from, double to, Optimum optimum, Least least, boolean moves, F f) {
    private static final int DRAWS = 1000;
    private static final int STEPS = 21;
    private static final int CHOICES = 5;

    /** What a parameter looks like. */
    enum Kind {
        FLOAT,
        LOG,
        INT,
        CHOICE;

        Map<String, Object> written() {
            return switch (this) {
                case FLOAT -> Map.of("float", List.of(0, 1));
                case LOG -> Map.of("float", List.of(1e-4, 1), "log", true);
                case INT -> Map.of("int", List.of(1, STEPS));
                case CHOICE ->
                    Map.of(
                            "categorical",
                            IntStream.range(0, CHOICES).mapToObj(i -> "c" + i).toList());
            };
        }
    }

    /** A function of numbers. */
    @FunctionalInterface
    interface F {
        double at(double[] x);
    }

    /** Where an argument is best. */
    @FunctionalInterface
    interface Optimum {
        double at(int argument, int arguments);
    }

    /** The least value in so many dimensions. */
    @FunctionalInterface
    interface Least {
        double in(int dimensions);
    }

    Task in(int dimensions, String family) {
        Map<String, Object> written = new LinkedHashMap<>();
        for (int j = 0; j < dimensions; j++) {
            written.put("x" + j, kinds[j % kinds.length].written());
        }
        Space space = Space.parse(written);
        return new Task(family, name + dimensions, space, seed -> instance(space, dimensions, seed));
    }

    private Instance instance(Space space, int dimensions, long seed) {
        SplittableRandom random = new SplittableRandom(31 * seed + name.hashCode() + 1_000_003L * dimensions);
        int[][] order = new int[dimensions][];
        double[] move = new double[dimensions];
        for (int j = 0; j < dimensions; j++) {
            order[j] = shuffled(random.nextInt());
            double to = place(space, j, order[j], 0.1 + 0.8 * random.nextDouble());
            move[j] = moves ? from + to * (this.to - from) - optimum.at(j, dimensions) : 0;
        }
        Instance plain = new Instance(c -> value(space, order, move, c), least.in(dimensions), 1);
        double[] drawn = IntStream.range(0, DRAWS)
                .mapToDouble(i -> plain.regret(plain.objective().applyAsDouble(space.sample(random))))
                .sorted()
                .toArray();
        return new Instance(plain.objective(), plain.best(), drawn[DRAWS / 2]);
    }

    private static int[] shuffled(int seed) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < CHOICES; i++) {
            order.add(i);
        }
        Collections.shuffle(order, new Random(seed));
        return order.stream().mapToInt(Integer::intValue).toArray();
    }

    /* The place on the unit interval that the parameter can really take. */
    private static double place(Space space, int j, int[] order, double unit) {
        Parameter parameter = space.parameter("x" + j);
        return unit(parameter, order, parameter.fromUnit(unit));
    }

    private static double unit(Parameter parameter, int[] order, Object value) {
        return parameter instanceof CategoricalParameter categorical
                ? (order[categorical.indexOf(value)] + 0.5) / CHOICES
                : parameter.toUnit(value);
    }

    private double value(Space space, int[][] order, double[] move, Configuration configuration) {
        double[] x = new double[move.length];
        for (int j = 0; j < x.length; j++) {
            Object value = Objects.requireNonNull(configuration.values().get("x" + j));
            x[j] = from + unit(space.parameter("x" + j), order[j], value) * (to - from) - move[j];
        }
        return f.at(x);
    }

    static double sum(double[] x, java.util.function.DoubleUnaryOperator term) {
        return Arrays.stream(x).map(term).sum();
    }
}
