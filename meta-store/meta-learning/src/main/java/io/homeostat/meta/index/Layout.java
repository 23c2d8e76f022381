package io.homeostat.meta.index;

import io.homeostat.meta.transfer.Renaming;
import io.homeostat.meta.transfer.TaskRecord;
import io.homeostat.study.space.Space;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What tasks of one search have in common, kept once.
 *
 * @param trainer who fitted them
 * @param space where they searched, in the written form; empty if it is not known
 * @param names of the parameters that their trials have, in order
 * @param kinds of these parameters' values
 */
record Layout(String trainer, Map<String, Object> space, List<String> names, List<Kind> kinds) {
    private static final double MOST_WHOLE = 1L << 53;

    Layout {
        names = List.copyOf(names);
        kinds = List.copyOf(kinds);
    }

    /** The layout of a task whose configurations these are. */
    static Layout of(TaskRecord record, List<Map<String, Object>> configurations) {
        Set<String> names = new LinkedHashSet<>();
        configurations.forEach(each -> names.addAll(each.keySet()));
        return new Layout(
                record.trainer(),
                record.space(),
                List.copyOf(names),
                names.stream().map(name -> kind(name, configurations)).toList());
    }

    private static Kind kind(String name, List<Map<String, Object>> configurations) {
        Set<Object> values = new HashSet<>();
        for (Map<String, Object> each : configurations) {
            Object value = each.get(name);
            if (value != null) {
                values.add(value);
            }
        }
        return Kind.of(values);
    }

    /** Whether a search in a space can use something of it. */
    boolean shares(Space other) {
        return names.stream().anyMatch(other.parameters()::containsKey)
                || !Renaming.between(space, other).names().isEmpty();
    }

    /** How a parameter's values are packed into a double each. */
    enum Kind {
        /** As they are. */
        REAL,
        /** Whole numbers, of at most 2^53. */
        WHOLE,
        /** By their place in a list of the task's own. */
        LISTED;

        /** The kind that can hold these values. */
        static Kind of(Set<Object> values) {
            if (values.stream().allMatch(Kind::whole)) {
                return WHOLE;
            }
            return values.stream().allMatch(Kind::number) ? REAL : LISTED;
        }

        private static boolean whole(Object value) {
            boolean integer = value instanceof Long || value instanceof Integer || value instanceof Short;
            return integer && Math.abs((double) ((Number) value).longValue()) <= MOST_WHOLE;
        }

        private static boolean number(Object value) {
            return value instanceof Double || value instanceof Float || whole(value);
        }
    }
}
