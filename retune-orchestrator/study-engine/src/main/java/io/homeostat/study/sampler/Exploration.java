package io.homeostat.study.sampler;

import io.homeostat.study.space.CategoricalParameter;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.space.ConstantParameter;
import io.homeostat.study.space.IntParameter;
import io.homeostat.study.space.OrdinalParameter;
import io.homeostat.study.space.Parameter;
import io.homeostat.study.space.Space;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Changes a configuration a little, as population based training does: a number is multiplied, an ordinal goes to a
 * neighbour, a choice stays; and now and then a value is drawn anew.
 *
 * @param resample probability that a value is drawn anew
 */
record Exploration(double resample) {
    private static final double UP = 1.2;
    private static final double DOWN = 0.8;

    /** A configuration near by; what is there now and was not before is drawn. */
    Configuration from(Space space, Configuration configuration, RandomGenerator random) {
        Map<String, Object> values = new HashMap<>();
        for (String name : space.names()) {
            Object value = configuration.values().get(name);
            if (value != null) {
                Parameter parameter = space.parameter(name);
                boolean anew = random.nextDouble() < resample;
                values.put(name, anew ? parameter.fromUnit(random.nextDouble()) : moved(parameter, value, random));
            }
        }
        return space.project(values, random).configuration();
    }

    private static Object moved(Parameter parameter, Object value, RandomGenerator random) {
        boolean up = random.nextBoolean();
        if (parameter instanceof CategoricalParameter || parameter instanceof ConstantParameter) {
            return value;
        }
        if (parameter instanceof OrdinalParameter ordinal) {
            int index = ordinal.indexOf(value) + (up ? 1 : -1);
            return ordinal.choices().get(Math.max(0, Math.min(ordinal.choices().size() - 1, index)));
        }
        double number = ((Number) value).doubleValue();
        Object moved = near(parameter, number * (up ? UP : DOWN));
        boolean stays = moved.equals(value) && parameter instanceof IntParameter;
        return stays ? near(parameter, number + (up ? 1 : -1) * ((IntParameter) parameter).step()) : moved;
    }

    /** The nearest value of the parameter. */
    private static Object near(Parameter parameter, double number) {
        return parameter.fromUnit(parameter.toUnit(number));
    }
}
