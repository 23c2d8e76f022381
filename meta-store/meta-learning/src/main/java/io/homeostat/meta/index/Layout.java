package io.homeostat.meta.index;

import io.homeostat.meta.transfer.Renaming;
import io.homeostat.meta.transfer.TaskRecord;
import io.homeostat.study.space.Space;
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
        Kind kind = Kind.WHOLE;
        for (Map<String, Object> each : configurations) {
            Object value = each.get(name);
            kind = value == null ? kind : kind.and(Kind.of(value));
        }
        return kind;
    }

    /** Whether a search in a space can use something of it. */
    boolean shares(Space other) {
        return names.stream().anyMatch(other.parameters()::containsKey)
                || !Renaming.between(space, other).names().isEmpty();
    }

    /** How a parameter's values are packed into a double each. */
    enum Kind {
        /** Whole numbers, of at most 2^53. */
        WHOLE,
        /** Numbers as they are. */
        REAL,
        /** By their place in a list of the task's own. */
        LISTED;

        private static Kind of(Object value) {
            if (value instanceof Double || value instanceof Float) {
                return REAL;
            }
            boolean integer = value instanceof Long || value instanceof Integer;
            boolean exact = integer && Math.abs((double) ((Number) value).longValue()) <= MOST_WHOLE;
            return exact ? WHOLE : LISTED;
        }

        /** The kind that holds the values of both. */
        private Kind and(Kind other) {
            if (this == other) {
                return this;
            }
            return this == LISTED || other == LISTED ? LISTED : REAL;
        }
    }
}
