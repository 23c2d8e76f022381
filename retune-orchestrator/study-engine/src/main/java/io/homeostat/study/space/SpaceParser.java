package io.homeostat.study.space;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the plain-map form of a space. */
final class SpaceParser {
    private static final Set<String> KINDS = Set.of("float", "int", "categorical", "constant");

    private SpaceParser() {}

    static Space parse(Map<String, ?> map) {
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        for (Map.Entry<String, ?> entry : map.entrySet()) {
            try {
                parameters.put(entry.getKey(), parameter(entry.getValue()));
            } catch (SpaceException e) {
                throw e.under("space." + entry.getKey());
            }
        }
        return new Space(parameters);
    }

    private static Parameter parameter(@Nullable Object raw) {
        if (!(raw instanceof Map<?, ?> map)) {
            throw new SpaceException("", Scalar.show(raw) + " is not a map. Write for example {float: [0, 1]}.");
        }
        String kind = kind(map);
        Object body = map.get(kind);
        return switch (kind) {
            case "float" -> floatParameter(map, range(body, kind));
            case "int" -> intParameter(map, range(body, kind));
            case "categorical" -> {
                known(map, Set.of(kind));
                yield new CategoricalParameter(choices(list(body, kind)));
            }
            default -> {
                known(map, Set.of(kind));
                yield new ConstantParameter(Scalar.of(body, kind));
            }
        };
    }

    private static String kind(Map<?, ?> map) {
        List<String> found = KINDS.stream().filter(map::containsKey).sorted().toList();
        if (found.size() > 1) {
            throw new SpaceException("", "is both " + String.join(" and ", found) + ". Keep one of them.");
        }
        if (found.isEmpty()) {
            String keys = Scalar.show(new ArrayList<>(map.keySet()));
            throw new SpaceException("", "has the keys " + keys + ", none of float, int, categorical, constant.");
        }
        return found.get(0);
    }

    private static Parameter floatParameter(Map<?, ?> map, List<?> range) {
        known(map, Set.of("float", "log", "step"));
        OptionalDouble step = map.containsKey("step")
                ? OptionalDouble.of(Scalar.number(map.get("step"), "step"))
                : OptionalDouble.empty();
        double low = Scalar.number(range.get(0), "float");
        return new FloatParameter(low, Scalar.number(range.get(1), "float"), log(map), step);
    }

    private static Parameter intParameter(Map<?, ?> map, List<?> range) {
        known(map, Set.of("int", "log", "step"));
        long step = map.containsKey("step") ? Scalar.whole(map.get("step"), "step") : 1;
        long low = Scalar.whole(range.get(0), "int");
        return new IntParameter(low, Scalar.whole(range.get(1), "int"), log(map), step);
    }

    private static void known(Map<?, ?> map, Set<String> known) {
        for (Object key : map.keySet()) {
            if (!known.contains(String.valueOf(key))) {
                String allowed = String.join(", ", known.stream().sorted().toList());
                throw new SpaceException(String.valueOf(key), "is not known. Known here: " + allowed + ".");
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

    private static List<Object> choices(List<?> raw) {
        List<Object> choices = new ArrayList<>();
        raw.forEach(choice -> choices.add(Scalar.of(choice, "categorical")));
        return choices;
    }
}
