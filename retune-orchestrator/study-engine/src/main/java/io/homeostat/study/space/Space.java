package io.homeostat.study.space;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What may be tuned: parameters by name, in order. A parameter with a {@link Condition} is there only where its parent
 * has certain values; a {@link Configuration} has a value for each parameter that is there ("active") and no other.
 *
 * <p>As JSON or YAML it is the plain map that {@link #parse} reads and {@link #toMap} writes:
 *
 * <pre>{@code
 * learning_rate: {float: [0.005, 0.3], log: true}
 * num_leaves:    {int: [4, 256], log: true}
 * boosting:      {categorical: [gbdt, dart], weights: [3, 1]}
 * drop_rate:     {float: [0, 0.5], step: 0.05, when: {boosting: dart}}
 * batch:         {ordinal: [16, 32, 64, 256]}
 * shift:         {normal: [0, 2]}
 * penalty:       {lognormal: [-3, 1]}
 * max_bin:       {constant: 63}
 * }</pre>
 *
 * <p>Places in the unit cube have one coordinate per parameter in order, conditional ones included. The coordinate of a
 * parameter that is not active is {@code NaN} in {@link #toUnit} and ignored in {@link #fromUnit}.
 */
public final class Space {
    private static final int MOST_PARAMETERS = 1000;

    private final Map<String, Parameter> parameters;
    private final Map<String, Condition> conditions;
    private final List<String> names;
    private final List<Parameter> list;
    private final Tree tree;

    /** A space without conditions: name → parameter, 1 to 1000 of them. */
    public Space(Map<String, Parameter> parameters) {
        this(parameters, Map.of());
    }

    /**
     * A space with conditions.
     *
     * @param parameters name → parameter, 1 to 1000 of them
     * @param conditions name → when that parameter is there; parameters without one always are
     */
    public Space(Map<String, Parameter> parameters, Map<String, Condition> conditions) {
        if (parameters.isEmpty()) {
            throw new SpaceException("space", "is empty. Name at least one parameter.");
        }
        if (parameters.size() > MOST_PARAMETERS) {
            throw new SpaceException("space", parameters.size() + " parameters are more than " + MOST_PARAMETERS + ".");
        }
        if (parameters.keySet().stream().anyMatch(String::isBlank)) {
            throw new SpaceException("space", "has a parameter without a name.");
        }
        this.parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        this.conditions = Map.copyOf(conditions);
        for (String name : conditions.keySet()) {
            named(name);
        }
        names = List.copyOf(parameters.keySet());
        list = List.copyOf(parameters.values());
        tree = new Tree(this.parameters, this.conditions);
    }

    /**
     * Reads the plain-map form. What is drawn with a seed depends on the order of the parameters, which is the map's:
     * that of a {@code Map.of} is another one in each run of the JVM.
     *
     * @throws SpaceException naming the path and what would be right
     */
    public static Space parse(Map<String, ?> map) {
        return SpaceParser.parse(map);
    }

    /** The plain-map form; {@code parse(toMap())} equals this space. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        parameters.forEach((name, parameter) -> {
            Map<String, Object> written = new LinkedHashMap<>(parameter.toMap());
            condition(name).ifPresent(condition -> written.put("when", condition.toMap()));
            map.put(name, written);
        });
        return map;
    }

    /** Name → parameter, in order. */
    public Map<String, Parameter> parameters() {
        return parameters;
    }

    /** The parameters' names, in order. */
    public List<String> names() {
        return names;
    }

    /** The parameter with this name. */
    public Parameter parameter(String name) {
        return named(name);
    }

    /** Name → when that parameter is there, for those that are not always. */
    public Map<String, Condition> conditions() {
        return conditions;
    }

    /** When a parameter is there; empty if it always is. */
    public Optional<Condition> condition(String name) {
        return Optional.ofNullable(conditions.get(name));
    }

    /** Whether some parameters are not always there. */
    public boolean conditional() {
        return !conditions.isEmpty();
    }

    /** The same space in alphabetical order, for readers that do not keep the order of a map. */
    public Space sorted() {
        return new Space(new TreeMap<>(parameters), conditions);
    }

    /** How many points the space has; empty if they cannot be counted or are more than a long holds. */
    public OptionalLong size() {
        return tree.size();
    }

    /**
     * The point with this index, counted from 0; the last parameter runs fastest.
     *
     * @throws IndexOutOfBoundsException if the points cannot be counted or are not so many
     */
    public Configuration at(long index) {
        return configuration(tree.at(Objects.checkIndex(index, size().orElse(0))));
    }

    /**
     * The values as a configuration of this space, each in its one form.
     *
     * @throws SpaceException if a parameter is missing, unknown, not active, of the wrong type or out of range
     */
    public Configuration validate(Map<String, ?> values) {
        for (String name : values.keySet()) {
            if (!parameters.containsKey(name)) {
                String known = String.join(", ", names);
                throw new SpaceException("configuration." + name, "is not in the space. It has: " + known + ".");
            }
        }
        Configuration valid = build((i, name) -> accepted(i, name, values.get(name)));
        for (String name : values.keySet()) {
            if (!valid.values().containsKey(name)) {
                String when = conditions.containsKey(name) ? why(name) : "";
                throw new SpaceException("configuration." + name, "is only there when " + when + ". Leave it out.");
            }
        }
        return valid;
    }

    private Object accepted(int i, String name, @Nullable Object value) {
        if (value == null) {
            throw new SpaceException("configuration." + name, "is missing.");
        }
        try {
            return list.get(i).accept(value);
        } catch (SpaceException e) {
            throw e.under("configuration." + name);
        }
    }

    private String why(String name) {
        return condition(name).orElseThrow().toMap().toString();
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

    /** Whether the space has a parameter of this name that may have this value. */
    public boolean accepts(String name, Object value) {
        try {
            Parameter parameter = parameters.get(name);
            return parameter != null && parameter.accept(value) != null;
        } catch (SpaceException e) {
            return false;
        }
    }

    /** A point drawn evenly on each parameter's scale; a normal or weighted parameter by its prior. */
    public Configuration sample(RandomGenerator random) {
        return fromUnit(random.doubles(names.size()).toArray());
    }

    /** The middle of each scale; the first choice of categorical parameters. */
    public Configuration middle() {
        return build((i, name) -> list.get(i).middle());
    }

    /** The configuration's place in the unit cube, one coordinate per parameter in order; NaN where not active. */
    public double[] toUnit(Configuration configuration) {
        Map<String, Object> values = validate(configuration.values()).values();
        double[] unit = new double[names.size()];
        for (int i = 0; i < unit.length; i++) {
            Object value = values.get(names.get(i));
            unit[i] = value == null ? Double.NaN : list.get(i).toUnit(value);
        }
        return unit;
    }

    /** The configuration at a place in the unit cube; coordinates of parameters that are not active are ignored. */
    public Configuration fromUnit(double[] unit) {
        if (unit.length != names.size()) {
            throw new SpaceException("unit", unit.length + " coordinates for " + names.size() + " parameters.");
        }
        return build((i, name) -> {
            if (Double.isNaN(unit[i])) {
                throw new SpaceException("unit", "coordinate " + i + ", of the active " + name + ", is not a number.");
            }
            return list.get(i).fromUnit(unit[i]);
        });
    }

    /** {@link #project(Map, Configuration)} with the middle of each scale where there is no usable value. */
    public Projection project(Map<String, ?> values) {
        return project(values, middle());
    }

    /** {@link #project(Map, Configuration)} with a random value where there is no usable value. */
    public Projection project(Map<String, ?> values, RandomGenerator random) {
        double[] unit = random.doubles(names.size()).toArray();
        return Projection.of(this, values, (i, name) -> list.get(i).fromUnit(unit[i]));
    }

    /**
     * A configuration of another space seen in this one: shared parameters whose value is allowed here are kept; those
     * out of range are dropped rather than moved to the border, for the border is not where they were good. What is not
     * active here, given the values of those it hangs on, is dropped too.
     *
     * @param values parameters of any space
     * @param fill a configuration of this space that gives what is left; the middle where it has none
     */
    public Projection project(Map<String, ?> values, Configuration fill) {
        Map<String, Object> rest = validate(fill.values()).values();
        return Projection.of(this, values, (i, name) -> {
            Object value = rest.get(name);
            return value == null ? list.get(i).middle() : value;
        });
    }

    /** What changes on the way from this space to another. */
    public SpaceComparison compare(Space other) {
        return SpaceComparison.of(this, other);
    }

    /** A configuration of what a function of place and name gives for the parameters that are active, parents first. */
    Configuration build(BiFunction<Integer, String, Object> value) {
        @Nullable Object[] values = new Object[names.size()];
        for (int i : tree.order()) {
            if (tree.active(i, values)) {
                values[i] = value.apply(i, names.get(i));
            }
        }
        return configuration(values);
    }

    private Configuration configuration(@Nullable Object[] values) {
        Map<String, Object> active = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value != null) {
                active.put(names.get(i), value);
            }
        }
        return new Configuration(active);
    }

    private Parameter named(String name) {
        Parameter parameter = parameters.get(name);
        if (parameter == null) {
            throw new SpaceException("space." + name, "is not in the space.");
        }
        return parameter;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Space space
                && parameters.equals(space.parameters)
                && names.equals(space.names)
                && conditions.equals(space.conditions);
    }

    @Override
    public int hashCode() {
        return Objects.hash(parameters, conditions);
    }

    @Override
    public String toString() {
        return "Space" + toMap();
    }
}
