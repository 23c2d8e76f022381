package io.homeostat.study.space;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the plain-map form of a space. */
final class SpaceParser {
    private static final Set<String> KINDS =
            Set.of("float", "int", "categorical", "ordinal", "normal", "lognormal", "constant");
    private static final Map<String, String> ELSEWHERE = Map.of(
            "uniform", "{float: [low, high]}",
            "quniform", "{float: [low, high], step: q}",
            "loguniform", "{float: [low, high], log: true} with the bounds themselves, not their logarithms",
            "qloguniform", "{float: [low, high], log: true, step: q} with the bounds themselves, not their logarithms",
            "qnormal", "{normal: [mean, deviation], step: q}",
            "qlognormal", "{lognormal: [mean, deviation], step: q}",
            "randint", "{int: [0, upper - 1]}",
            "uniformint", "{int: [low, high]}",
            "choice", "{categorical: [...]}, and when: {name: choice} beside the parameters that a choice opens",
            "pchoice", "{categorical: [...], weights: [...]}");

    private SpaceParser() {}

    static Space parse(Map<String, ?> map) {
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        Map<String, Condition> conditions = new LinkedHashMap<>();
        for (Map.Entry<String, ?> entry : map.entrySet()) {
            try {
                Map<?, ?> body = body(entry.getValue());
                parameters.put(entry.getKey(), parameter(body));
                if (body.containsKey("when")) {
                    conditions.put(entry.getKey(), condition(body.get("when")));
                }
            } catch (SpaceException e) {
                throw e.under("space." + entry.getKey());
            }
        }
        return new Space(parameters, conditions);
    }

    private static Map<?, ?> body(@Nullable Object raw) {
        if (raw instanceof Map<?, ?> map) {
            return map;
        }
        throw new SpaceException("", Scalar.show(raw) + " is not a map. Write for example {float: [0, 1]}.");
    }

    private static Parameter parameter(Map<?, ?> map) {
        String kind = kind(map);
        Object body = map.get(kind);
        return switch (kind) {
            case "float" -> floatParameter(map, range(body, kind));
            case "int" -> intParameter(map, range(body, kind));
            case "normal", "lognormal" -> normalParameter(map, kind, range(body, kind));
            case "categorical" -> categoricalParameter(map, list(body, kind));
            case "ordinal" -> {
                known(map, Set.of(kind));
                yield new OrdinalParameter(choices(list(body, kind), kind));
            }
            default -> {
                known(map, Set.of(kind));
                yield new ConstantParameter(Scalar.of(body, kind));
            }
        };
    }

    private static Condition condition(@Nullable Object raw) {
        if (!(raw instanceof Map<?, ?> map) || map.size() != 1) {
            throw new SpaceException(
                    "when",
                    Scalar.show(raw) + " is not one parameter with its values. Write for example {kernel: [poly, rbf]};"
                            + " a parameter that hangs on two hangs on the inner one.");
        }
        Map.Entry<?, ?> entry = map.entrySet().iterator().next();
        String parent = String.valueOf(entry.getKey());
        if (entry.getValue() instanceof Map<?, ?> bounds) {
            return between(parent, bounds);
        }
        List<?> values = entry.getValue() instanceof List<?> list ? list : Arrays.asList(entry.getValue());
        return new Condition.AnyOf(parent, choices(values, "when." + parent));
    }

    private static Condition between(String parent, Map<?, ?> bounds) {
        for (Object key : bounds.keySet()) {
            if (!key.equals("atLeast") && !key.equals("atMost")) {
                throw new SpaceException("when." + parent + "." + key, "is not known. Known here: atLeast, atMost.");
            }
        }
        return new Condition.Between(parent, bound(parent, bounds, "atLeast"), bound(parent, bounds, "atMost"));
    }

    private static OptionalLong bound(String parent, Map<?, ?> bounds, String key) {
        return bounds.containsKey(key)
                ? OptionalLong.of(Scalar.whole(bounds.get(key), "when." + parent + "." + key))
                : OptionalLong.empty();
    }

    private static String kind(Map<?, ?> map) {
        List<String> found = KINDS.stream().filter(map::containsKey).sorted().toList();
        if (found.size() > 1) {
            throw new SpaceException("", "is both " + String.join(" and ", found) + ". Keep one of them.");
        }
        if (found.isEmpty()) {
            String keys = Scalar.show(new ArrayList<>(map.keySet()));
            String advice = map.keySet().stream()
                    .filter(ELSEWHERE::containsKey)
                    .findFirst()
                    .map(key -> " Write " + key + " as " + ELSEWHERE.get(key) + ".")
                    .orElse("");
            throw new SpaceException(
                    "",
                    "has the keys " + keys + ", none of float, int, categorical, ordinal, normal, lognormal, constant."
                            + advice);
        }
        return found.get(0);
    }

    private static Parameter floatParameter(Map<?, ?> map, List<?> range) {
        known(map, Set.of("float", "log", "step"));
        double low = Scalar.number(range.get(0), "float");
        return new FloatParameter(low, Scalar.number(range.get(1), "float"), log(map), step(map));
    }

    private static Parameter normalParameter(Map<?, ?> map, String kind, List<?> range) {
        known(map, Set.of(kind, "step"));
        double mean = Scalar.number(range.get(0), kind);
        return new NormalParameter(mean, Scalar.number(range.get(1), kind), kind.equals("lognormal"), step(map));
    }

    private static Parameter categoricalParameter(Map<?, ?> map, List<?> choices) {
        known(map, Set.of("categorical", "weights"));
        List<Double> weights = new ArrayList<>();
        if (map.containsKey("weights")) {
            list(map.get("weights"), "weights").forEach(weight -> weights.add(Scalar.number(weight, "weights")));
        }
        return new CategoricalParameter(choices(choices, "categorical"), weights);
    }

    private static OptionalDouble step(Map<?, ?> map) {
        return map.containsKey("step")
                ? OptionalDouble.of(Scalar.number(map.get("step"), "step"))
                : OptionalDouble.empty();
    }

    private static Parameter intParameter(Map<?, ?> map, List<?> range) {
        known(map, Set.of("int", "log", "step"));
        long step = map.containsKey("step") ? Scalar.whole(map.get("step"), "step") : 1;
        long low = Scalar.whole(range.get(0), "int");
        return new IntParameter(low, Scalar.whole(range.get(1), "int"), log(map), step);
    }

    private static void known(Map<?, ?> map, Set<String> known) {
        for (Object key : map.keySet()) {
            if (!known.contains(String.valueOf(key)) && !"when".equals(key)) {
                String allowed = String.join(", ", known.stream().sorted().toList());
                throw new SpaceException(String.valueOf(key), "is not known. Known here: " + allowed + ", when.");
            }
        }
    }

    private static boolean log(Map<?, ?> map) {
        if (!map.containsKey("log")) {
            return false;
        }
        if (map.get("log") instanceof Boolean log) {
            return log;
        }
        throw new SpaceException("log", Scalar.show(map.get("log")) + " is not true or false.");
    }

    private static List<?> range(@Nullable Object body, String kind) {
        List<?> range = list(body, kind);
        if (range.size() != 2) {
            throw new SpaceException(kind, Scalar.show(body) + " is not a range. Write [low, high].");
        }
        return range;
    }

    private static List<?> list(@Nullable Object body, String kind) {
        if (body instanceof List<?> list) {
            return list;
        }
        throw new SpaceException(kind, Scalar.show(body) + " is not a list. Write [..., ...].");
    }

    private static List<Object> choices(List<?> raw, String kind) {
        List<Object> choices = new ArrayList<>();
        raw.forEach(choice -> choices.add(Scalar.of(choice, kind)));
        return choices;
    }
}
