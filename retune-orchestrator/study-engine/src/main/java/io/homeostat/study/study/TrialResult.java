package io.homeostat.study.study;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** How a worker says a trial ended. */
public sealed interface TrialResult {

    /** What the worker noted; see {@link Trial#attributes}. */
    Map<String, String> attributes();

    /**
     * It has values; ones that are not finite, or not as many as there are objectives and constraints, count as a
     * failure.
     *
     * @param values a value for each objective
     * @param constraints a value for each constraint, kept if at most 0
     */
    record Value(List<Double> values, List<Double> constraints, Map<String, String> attributes) implements TrialResult {
        public Value {
            values = List.copyOf(values);
            constraints = List.copyOf(constraints);
            attributes = Map.copyOf(attributes);
        }

        /** One objective and no constraint. */
        public Value(double value, Map<String, String> attributes) {
            this(List.of(value), List.of(), attributes);
        }

        /** The same with constraint values, kept if at most 0. */
        public Value withConstraints(double... newConstraints) {
            return new Value(values, list(newConstraints), attributes);
        }
    }

    /**
     * It has none.
     *
     * @param reason why
     */
    record Failed(String reason, Map<String, String> attributes) implements TrialResult {
        public Failed {
            attributes = Map.copyOf(attributes);
        }
    }

    /** A value for each objective. */
    static Value value(double... values) {
        return new Value(list(values), List.of(), Map.of());
    }

    /** It has none. */
    static TrialResult failed(String reason) {
        return new Failed(reason, Map.of());
    }

    private static List<Double> list(double... values) {
        return Arrays.stream(values).boxed().toList();
    }
}
