package io.homeostat.study.space;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * When a parameter is there: its parent is, and has one of certain values. Written beside the parameter as {@code when:
 * {kernel: poly}}, {@code when: {kernel: [poly, rbf]}} or {@code when: {layers: {atLeast: 2}}}.
 */
public sealed interface Condition {
    /** Values that the parameter that decides has at most. */
    long MOST_VALUES = 1000;

    /** The parameter whose value decides: categorical, ordinal, int or constant. */
    String parent();

    /** Whether this value of the parent opens the parameter. */
    boolean holds(Object value);

    /** What stands behind {@code when}. */
    Map<String, Object> toMap();

    /**
     * One of these values.
     *
     * @param parent the parameter whose value decides
     * @param values at least one
     */
    record AnyOf(String parent, List<Object> values) implements Condition {
        public AnyOf {
            if (values.isEmpty()) {
                throw new SpaceException("when." + parent, "lists no value, so it would never be there.");
            }
            values = values.stream()
                    .map(value -> Scalar.of(value, "when." + parent))
                    .toList();
        }

        @Override
        public boolean holds(Object value) {
            return values.stream().anyMatch(each -> Scalar.same(each, value));
        }

        @Override
        public Map<String, Object> toMap() {
            return Map.of(parent, values.size() == 1 ? values.get(0) : values);
        }
    }

    /**
     * A whole number in a range.
     *
     * @param parent the parameter whose value decides: int
     * @param atLeast the smallest value that opens; empty for no bound
     * @param atMost the largest value that opens; empty for no bound
     */
    record Between(String parent, OptionalLong atLeast, OptionalLong atMost) implements Condition {
        public Between {
            if (atLeast.isEmpty() && atMost.isEmpty()) {
                throw new SpaceException("when." + parent, "has no bound. Write {atLeast: 2} or {atMost: 4}.");
            }
        }

        @Override
        public boolean holds(Object value) {
            return value instanceof Long number
                    && number >= atLeast.orElse(Long.MIN_VALUE)
                    && number <= atMost.orElse(Long.MAX_VALUE);
        }

        @Override
        public Map<String, Object> toMap() {
            Map<String, Object> bounds = new LinkedHashMap<>();
            atLeast.ifPresent(bound -> bounds.put("atLeast", bound));
            atMost.ifPresent(bound -> bounds.put("atMost", bound));
            return Map.of(parent, bounds);
        }
    }
}
