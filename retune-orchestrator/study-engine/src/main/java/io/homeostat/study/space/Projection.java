package io.homeostat.study.space;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * A configuration of another space seen in this one.
 *
 * @param configuration a point of this space
 * @param kept parameters taken over
 * @param dropped parameters of the other space that could not be taken over → why
 * @param filled parameters of this space that the other configuration had no usable value for
 */
public record Projection(
        Configuration configuration, List<String> kept, Map<String, String> dropped, List<String> filled) {

    public Projection {
        kept = List.copyOf(kept);
        dropped = Collections.unmodifiableMap(new LinkedHashMap<>(dropped));
        filled = List.copyOf(filled);
    }

    /**
     * Another space's parameters seen in this one.
     *
     * @param fill by place and name, what is left
     */
    static Projection of(Space space, Map<String, ?> values, BiFunction<Integer, String, Object> fill) {
        Map<String, Object> usable = new LinkedHashMap<>();
        Map<String, String> dropped = new LinkedHashMap<>();
        values.forEach((name, value) -> keep(space, name, value, usable, dropped));
        Configuration configuration = space.build((i, name) -> {
            Object value = usable.get(name);
            return value == null ? fill.apply(i, name) : value;
        });
        List<String> filled = new ArrayList<>(configuration.values().keySet());
        filled.removeAll(usable.keySet());
        List<String> kept = new ArrayList<>(usable.keySet());
        kept.retainAll(configuration.values().keySet());
        usable.keySet().stream()
                .filter(name -> !kept.contains(name))
                .forEach(name -> dropped.put(
                        name,
                        "is only there when "
                                + space.condition(name).orElseThrow().toMap() + "."));
        return new Projection(configuration, kept, dropped, filled);
    }

    private static void keep(
            Space space, String name, Object value, Map<String, Object> kept, Map<String, String> dropped) {
        Parameter parameter = space.parameters().get(name);
        if (parameter == null) {
            dropped.put(name, "is not in this space.");
            return;
        }
        try {
            kept.put(name, parameter.accept(value));
        } catch (SpaceException e) {
            dropped.put(name, e.problem());
        }
    }
}
