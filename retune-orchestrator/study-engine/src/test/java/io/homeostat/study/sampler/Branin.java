package io.homeostat.study.sampler;

import io.homeostat.study.space.Configuration;
import io.homeostat.study.space.Space;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A plane with three valleys, all of depth .397887. */
final class Branin {
    private Branin() {}

    static Space space() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("x", Map.of("float", List.of(-5, 10)));
        map.put("y", Map.of("float", List.of(0, 15)));
        return Space.parse(map);
    }

    static double number(Configuration configuration, String name) {
        return ((Number) configuration.values().get(name)).doubleValue();
    }

    static double at(Configuration c) {
        double x = number(c, "x");
        double y = number(c, "y");
        double valley = y - 5.1 / (4 * Math.PI * Math.PI) * x * x + 5 / Math.PI * x - 6;
        return valley * valley + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10;
    }
}
