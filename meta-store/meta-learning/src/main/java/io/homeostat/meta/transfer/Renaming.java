package io.homeostat.meta.transfer;

import io.homeostat.study.space.Space;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Parameters that have another name now: one that is gone and one that is new, written just the same, with no other like them
 * on either side.
 *
 * @param names old name → new name
 */
public record Renaming(Map<String, String> names) {
    public Renaming {
        names = Map.copyOf(names);
    }

    /**
     * Compares two spaces.
     *
     * @param written the old one in its written form; empty if it is not known, and nothing is renamed where it is none
     */
    public static Renaming between(Map<String, Object> written, Space now) {
        Map<String, Object> before = normal(written);
        Map<String, Object> after = now.toMap();
        List<String> gone = missing(before, after);
        List<String> added = missing(after, before);
        Map<String, String> names = new HashMap<>();
        for (String old : gone) {
            List<String> likeIt = like(before.get(old), added, after);
            if (likeIt.size() == 1 && like(before.get(old), gone, before).size() == 1) {
                names.put(old, likeIt.get(0));
            }
        }
        return new Renaming(names);
    }

    private static Map<String, Object> normal(Map<String, Object> written) {
        try {
            return written.isEmpty() ? written : Space.parse(written).toMap();
        } catch (IllegalArgumentException unreadable) {
            return Map.of();
        }
    }

    private static List<String> missing(Map<String, Object> of, Map<String, Object> in) {
        return of.keySet().stream().filter(name -> !in.containsKey(name)).toList();
    }

    private static List<String> like(@Nullable Object written, List<String> names, Map<String, Object> space) {
        return names.stream()
                .filter(name -> Objects.equals(String.valueOf(space.get(name)), String.valueOf(written)))
                .toList();
    }

    /** A configuration with the new names. */
    Map<String, Object> apply(Map<String, Object> parameters) {
        if (names.isEmpty()) {
            return parameters;
        }
        Map<String, Object> renamed = new LinkedHashMap<>();
        parameters.forEach((name, value) -> renamed.put(names.getOrDefault(name, name), value));
        return renamed;
    }
}
