package io.homeostat.study.sampler;

import io.homeostat.study.space.Configuration;
import io.homeostat.study.space.NormalParameter;
import io.homeostat.study.space.OrdinalParameter;
import io.homeostat.study.space.Parameter;
import io.homeostat.study.space.Space;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** The points of a grid over a space, each once, in an order drawn from a seed. */
final class GridPoints {
    private static final int ROUNDS = 4;
    private static final int MOST_STEPS = 1_000;

    private final Space grid; // all of its parameters can be counted
    private final long seed;
    private final int half; // bits of half a number that is large enough for every index

    /**
     * @param levels of a parameter whose values cannot be counted
     */
    GridPoints(Space space, int levels, long seed) {
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        space.parameters().forEach((name, parameter) -> parameters.put(name, counted(parameter, levels)));
        grid = new Space(parameters, space.conditions());
        this.seed = seed;
        half = Math.max(1, (65 - Long.numberOfLeadingZeros(Math.max(1, size() - 1))) / 2);
    }

    private static Parameter counted(Parameter parameter, int levels) {
        if (parameter.size().isPresent()) {
            return parameter;
        }
        boolean inside = levels == 1 || parameter instanceof NormalParameter;
        return new OrdinalParameter(IntStream.range(0, levels)
                .mapToObj(i -> parameter.fromUnit(inside ? (i + 0.5) / levels : i / (levels - 1.0)))
                .distinct()
                .toList());
    }

    /** How many there are; 0 if there are more than a long holds. */
    long size() {
        return grid.size().orElse(0);
    }

    /** The point with this place in the order, from 0. */
    Configuration at(long place) {
        long index = place;
        for (int step = 0; step < MOST_STEPS; step++) { // one in four is inside, and the way leads back into it
            index = shuffled(index);
            if (Long.compareUnsigned(index, size()) < 0) {
                return grid.at(index);
            }
        }
        throw new IllegalStateException("the order of the grid's points is no permutation");
    }

    /** A one-to-one map of numbers of 2·half bits: a Feistel network. */
    private long shuffled(long number) {
        long mask = (1L << half) - 1;
        long left = number >>> half;
        long right = number & mask;
        for (int round = 0; round < ROUNDS; round++) {
            long hash = (right + 1) * 0x9E3779B97F4A7C15L + (seed * ROUNDS + round) * 0xD1B54A32D192ED03L;
            hash = (hash ^ hash >>> 32) * 0xBF58476D1CE4E5B9L;
            long next = left ^ (hash ^ hash >>> 29) & mask;
            left = right;
            right = next;
        }
        return left << half | right;
    }
}
