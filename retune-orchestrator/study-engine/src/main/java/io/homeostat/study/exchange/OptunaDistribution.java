package io.homeostat.study.exchange;

import io.homeostat.study.space.CategoricalParameter;
import io.homeostat.study.space.ConstantParameter;
import io.homeostat.study.space.FloatParameter;
import io.homeostat.study.space.IntParameter;
import io.homeostat.study.space.NormalParameter;
import io.homeostat.study.space.OrdinalParameter;
import io.homeostat.study.space.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * One of Optuna's distributions. What it cannot say is said as nearly as it can: a normal parameter as the range it
 * reaches, an ordinal one and a constant as choices, a step together with log without the step.
 *
 * @param name its class there
 * @param attributes as they are written
 */
record OptunaDistribution(String name, Map<String, @Nullable Object> attributes) {
    private static final String CATEGORICAL = "CategoricalDistribution";
    private static final String FLOAT = "FloatDistribution";
    private static final String INT = "IntDistribution";

    static OptunaDistribution of(Parameter parameter) {
        if (parameter instanceof FloatParameter p) {
            double high = p.step().isPresent() ? (Double) p.at(p.size().orElseThrow() - 1) : p.high();
            return range(
                    FLOAT,
                    p.low(),
                    high,
                    p.log(),
                    p.log() || p.step().isEmpty() ? null : p.step().getAsDouble());
        }
        if (parameter instanceof IntParameter p) {
            long high = (Long) p.at(p.size().orElseThrow() - 1);
            return range(INT, p.low(), high, p.log(), p.log() ? 1 : p.step());
        }
        if (parameter instanceof NormalParameter p) {
            Double step = p.step().isPresent() ? p.step().getAsDouble() : null;
            boolean log = p.log() && step == null;
            return range(FLOAT, (Double) p.fromUnit(0), (Double) p.fromUnit(1), log, step);
        }
        return new OptunaDistribution(CATEGORICAL, Map.of("choices", choices(parameter)));
    }

    private static List<Object> choices(Parameter parameter) {
        if (parameter instanceof CategoricalParameter p) {
            return p.choices();
        }
        if (parameter instanceof OrdinalParameter p) {
            return p.choices();
        }
        return List.of(((ConstantParameter) parameter).value());
    }

    private static OptunaDistribution range(String name, Number low, Number high, boolean log, @Nullable Number step) {
        Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
        attributes.put("step", step);
        attributes.put("low", low);
        attributes.put("high", high);
        attributes.put("log", log);
        return new OptunaDistribution(name, attributes);
    }

    String json() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", name);
        map.put("attributes", attributes);
        return Json.write(map);
    }

    /** The number that stands for a value: its index among choices, else itself. */
    Object inner(Object value) {
        if (!name.equals(CATEGORICAL)) {
            return ((Number) value).doubleValue();
        }
        List<Object> choices = plainChoices();
        for (int i = 0; i < choices.size(); i++) {
            if (same(choices.get(i), value)) {
                return i;
            }
        }
        throw new IllegalArgumentException(value + " is not among the choices " + choices + ".");
    }

    private static boolean same(Object a, Object b) {
        return a.equals(b) || (a instanceof Number x && b instanceof Number y && x.doubleValue() == y.doubleValue());
    }

    /**
     * The value that a number stands for.
     *
     * @throws IllegalArgumentException if there is no such choice
     */
    Object outer(double inner) {
        if (name.equals(CATEGORICAL)) {
            List<Object> choices = plainChoices();
            if (!(inner >= 0 && inner < choices.size() && inner == Math.rint(inner))) {
                throw new IllegalArgumentException(inner + " is not the index of a choice of " + choices + ".");
            }
            return choices.get((int) inner);
        }
        return name.equals(INT) ? (Object) Math.round(inner) : (Object) inner;
    }

    /** Reads what {@link #json} and Optuna write, those of older releases too. */
    static OptunaDistribution read(String json) {
        if (!(Json.read(json) instanceof Map<?, ?> map)
                || !(map.get("name") instanceof String name)
                || !(map.get("attributes") instanceof Map<?, ?> given)) {
            throw new IllegalArgumentException("distribution: " + json + " has no name and attributes.");
        }
        Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
        given.forEach((key, value) -> attributes.put(String.valueOf(key), value));
        return switch (name) {
            case CATEGORICAL, FLOAT, INT -> new OptunaDistribution(name, attributes);
            case "UniformDistribution", "DiscreteUniformDistribution" -> old(FLOAT, attributes, false);
            case "LogUniformDistribution" -> old(FLOAT, attributes, true);
            case "IntUniformDistribution" -> old(INT, attributes, false);
            case "IntLogUniformDistribution" -> old(INT, attributes, true);
            default -> throw new IllegalArgumentException("distribution: " + name + " is not known.");
        };
    }

    private static OptunaDistribution old(String name, Map<String, @Nullable Object> attributes, boolean log) {
        Number step = numberOrNull(attributes, attributes.containsKey("q") ? "q" : "step");
        return range(name, number(attributes, "low"), number(attributes, "high"), log, step);
    }

    private static @Nullable Number numberOrNull(Map<String, @Nullable Object> attributes, String key) {
        return attributes.get(key) == null ? null : number(attributes, key);
    }

    private static Number number(Map<String, @Nullable Object> attributes, String key) {
        if (attributes.get(key) instanceof Number number) {
            return number;
        }
        throw new IllegalArgumentException("distribution: " + key + " of " + attributes + " is not a number.");
    }

    /** A distribution that has all values of both: a study may have widened a range on its way. */
    OptunaDistribution and(OptunaDistribution other) {
        if (equals(other) || name.equals(CATEGORICAL) || !name.equals(other.name)) {
            return this;
        }
        Number low = smaller(number(attributes, "low"), number(other.attributes, "low"));
        Number high =
                smaller(number(other.attributes, "high"), number(attributes, "high")) == number(attributes, "high")
                        ? number(other.attributes, "high")
                        : number(attributes, "high");
        boolean log = Boolean.TRUE.equals(attributes.get("log")) && Boolean.TRUE.equals(other.attributes.get("log"));
        boolean aligned = Objects.equals(attributes.get("step"), other.attributes.get("step"))
                && number(attributes, "low").equals(number(other.attributes, "low"));
        Number step = aligned ? numberOrNull(attributes, "step") : name.equals(INT) ? (Number) 1L : null;
        return range(name, low, high, log, step);
    }

    private static Number smaller(Number a, Number b) {
        return a.doubleValue() <= b.doubleValue() ? a : b;
    }

    Parameter parameter() {
        if (name.equals(CATEGORICAL)) {
            return new CategoricalParameter(plainChoices());
        }
        boolean log = Boolean.TRUE.equals(attributes.get("log"));
        Number low = number(attributes, "low");
        Number high = number(attributes, "high");
        Number step = numberOrNull(attributes, "step");
        if (name.equals(INT)) {
            return new IntParameter(low.longValue(), high.longValue(), log, step == null ? 1 : step.longValue());
        }
        OptionalDouble grid = step == null ? OptionalDouble.empty() : OptionalDouble.of(step.doubleValue());
        return new FloatParameter(low.doubleValue(), high.doubleValue(), log, grid);
    }

    /** The choices as a space can have them: None and what is neither text, number nor boolean as their text. */
    private List<Object> plainChoices() {
        List<Object> choices = new ArrayList<>();
        if (attributes.get("choices") instanceof List<?> list) {
            list.forEach(choice -> choices.add(plain(choice)));
        }
        return choices;
    }

    private static Object plain(@Nullable Object choice) {
        if (choice == null) {
            return "None";
        }
        boolean scalar = choice instanceof String
                || choice instanceof Boolean
                || (choice instanceof Number number && Double.isFinite(number.doubleValue()));
        return scalar ? choice : Json.write(choice);
    }
}
