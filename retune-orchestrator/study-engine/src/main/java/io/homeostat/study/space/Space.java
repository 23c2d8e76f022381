package io.homeostat.study.space;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * What may be tuned: parameters by name, in order.
 *
 * <p>As JSON or YAML it is the plain map that {@link #parse} reads and {@link #toMap} writes:
 *
 * <pre>{@code
 * learning_rate: {float: [0.005, 0.3], log: true}
 * num_leaves:    {int: [4, 256], log: true}
 * boosting:      {categorical: [gbdt, dart]}
 * max_bin:       {constant: 63}
 * }</pre>
 *
 * @param parameters name → parameter, 1 to 1000 of them
 */
public record Space(Map<String, Parameter> parameters) {
    private static final int MOST_PARAMETERS = 1000;

    public Space {
        if (parameters.isEmpty()) {
            throw new SpaceException("space", "is empty. Name at least one parameter.");
        }
        if (parameters.size() > MOST_PARAMETERS) {
            throw new SpaceException("space", parameters.size() + " parameters are more than " + MOST_PARAMETERS + ".");
        }
        if (parameters.keySet().stream().anyMatch(String::isBlank)) {
            throw new SpaceException("space", "has a parameter without a name.");
        }
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /**
     * Reads the plain-map form.
     *
     * @throws SpaceException naming the path and what would be right
     */
    public static Space parse(Map<String, ?> map) {
        return SpaceParser.parse(map);
    }

    /** The plain-map form; {@code parse(toMap())} equals this space. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        parameters.forEach((name, parameter) -> map.put(name, parameter.toMap()));
        return map;
    }

    /** How many points the space has; empty if they cannot be counted or are more than a long holds. */
    public OptionalLong size() {
        long size = 1;
        for (Parameter parameter : parameters.values()) {
            OptionalLong values = parameter.size();
            if (values.isEmpty() || Math.multiplyHigh(size, values.getAsLong()) != 0) {
                return OptionalLong.empty();
            }
            size *= values.getAsLong();
            if (size < 0) {
                return OptionalLong.empty();
            }
        }
        return OptionalLong.of(size);
    }

    /**
     * The point with this index, counted from 0; the last parameter runs fastest.
     *
     * @throws IndexOutOfBoundsException if the points cannot be counted or are not so many
     */
    public Configuration at(long index) {
        long rest = Objects.checkIndex(index, size().orElse(0));
        List<Map.Entry<String, Parameter>> entries = new ArrayList<>(parameters.entrySet());
        Map<String, Object> values = new HashMap<>();
        for (int i = entries.size() - 1; i >= 0; i--) {
            Parameter parameter = entries.get(i).getValue();
            long size = parameter.size().orElseThrow();
            values.put(entries.get(i).getKey(), parameter.at(rest % size));
            rest /= size;
        }
        return validate(values);
    }

    /**
     * The values as a configuration of this space, each in its one form.
     *
     * @throws SpaceException if a parameter is missing, unknown, of the wrong type or out of range
     */
    public Configuration validate(Map<String, ?> values) {
        for (String name : values.keySet()) {
            if (!parameters.containsKey(name)) {
                String known = String.join(", ", parameters.keySet());
                throw new SpaceException("configuration." + name, "is not in the space. It has: " + known + ".");
            }
        }
        return build(name -> {
            Object value = values.get(name);
            if (value == null) {
                throw new SpaceException("configuration." + name, "is missing.");
            }
            try {
                return parameter(name).accept(value);
            } catch (SpaceException e) {
                throw e.under("configuration." + name);
            }
        });
    }

    /** Whether {@link #validate} would accept the values. */
    public boolean contains(Map<String, ?> values) {
        try {
            validate(values);
            return true;
        } catch (SpaceException e) {
            return false;
        }
    }

    /** A point drawn uniformly on each parameter's scale. */
    public Configuration sample(RandomGenerator random) {
        return build(name -> parameter(name).fromUnit(random.nextDouble()));
    }

    /** The middle of each scale; the first choice of categorical parameters. */
    public Configuration middle() {
        return build(name -> parameter(name).middle());
    }

    /** The configuration's place in the unit cube, one coordinate per parameter in order. */
    public double[] toUnit(Configuration configuration) {
        double[] unit = new double[parameters.size()];
        int i = 0;
        for (Map.Entry<String, Object> entry :
                validate(configuration.values()).values().entrySet()) {
            unit[i++] = parameter(entry.getKey()).toUnit(entry.getValue());
        }
        return unit;
    }

    /** The configuration at a place in the unit cube. */
    public Configuration fromUnit(double[] unit) {
        if (unit.length != parameters.size()) {
            throw new SpaceException("unit", unit.length + " coordinates for " + parameters.size() + " parameters.");
        }
        Map<String, Object> values = new LinkedHashMap<>();
        int i = 0;
        for (Map.Entry<String, Parameter> entry : parameters.entrySet()) {
            values.put(entry.getKey(), entry.getValue().fromUnit(unit[i++]));
        }
        return new Configuration(values);
    }

    /** {@link #project(Map, Configuration)} with the middle of each scale where there is no usable value. */
    public Projection project(Map<String, ?> values) {
        return project(values, middle());
    }

    /** {@link #project(Map, Configuration)} with a random value where there is no usable value. */
    public Projection project(Map<String, ?> values, RandomGenerator random) {
        return project(values, sample(random));
    }

    /**
     * A configuration of another space seen in this one: shared parameters whose value is allowed here are kept; those
     * out of range are dropped rather than moved to the border, for the border is not where they were good.
     *
     * @param values parameters of any space
     * @param fill a configuration of this space that gives what is left
     */
    public Projection project(Map<String, ?> values, Configuration fill) {
        Map<String, Object> rest = validate(fill.values()).values();
        Map<String, Object> kept = new LinkedHashMap<>();
        Map<String, String> dropped = new LinkedHashMap<>();
        values.forEach((name, value) -> keep(name, value, kept, dropped));
        List<String> filled = new ArrayList<>(parameters.keySet());
        filled.removeAll(kept.keySet());
        Configuration configuration = build(name -> kept.containsKey(name) ? kept.get(name) : rest.get(name));
        return new Projection(configuration, List.copyOf(kept.keySet()), dropped, filled);
    }

    private void keep(String name, Object value, Map<String, Object> kept, Map<String, String> dropped) {
        Parameter parameter = parameters.get(name);
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

    private Configuration build(Function<String, Object> value) {
        Map<String, Object> values = new LinkedHashMap<>();
        parameters.keySet().forEach(name -> values.put(name, value.apply(name)));
        return new Configuration(values);
    }

    private Parameter parameter(String name) {
        Parameter parameter = parameters.get(name);
        if (parameter == null) {
            throw new SpaceException("space." + name, "is not in the space.");
        }
        return parameter;
    }
}
