package io.homeostat.study.study;

import java.util.Map;

/** How a worker says a trial ended. */
public sealed interface TrialResult {

    /** What the worker noted; see {@link Trial#attributes}. */
    Map<String, String> attributes();

    /**
     * It has a value; one that is not finite counts as a failure.
     *
     * @param value the objective
     */
    record Value(double value, Map<String, String> attributes) implements TrialResult {
        public Value {
            attributes = Map.copyOf(attributes);
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

    /** It has a value. */
    static TrialResult value(double value) {
        return new Value(value, Map.of());
    }

    /** It has none. */
    static TrialResult failed(String reason) {
        return new Failed(reason, Map.of());
    }
}
