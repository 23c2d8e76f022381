package io.homeostat.study.sampler;

import io.homeostat.study.space.CategoricalParameter;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.space.Parameter;
import io.homeostat.study.space.Space;
import io.homeostat.study.space.SpaceException;
import io.homeostat.study.space.Stretch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parameters of a space that have more than one value, in order, as coordinates. */
final class Dimensions {
    private final List<String> names = new ArrayList<>();
    private final List<Parameter> parameters = new ArrayList<>();
    private final int[] choices;

    Dimensions(Space space) {
        space.parameters().forEach((name, parameter) -> {
            if (parameter.size().orElse(2) > 1) {
                names.add(name);
                parameters.add(parameter);
            }
        });
        choices = parameters.stream()
                .mapToInt(p -> p instanceof CategoricalParameter c ? c.choices().size() : 0)
                .toArray();
    }

    int count() {
        return choices.length;
    }

    /** How many choices a categorical parameter has; 0 for a numeric one. */
    int choices(int j) {
        return choices[j];
    }

    /** Whether a parameter is numeric and its values can be counted. */
    boolean stepped(int j) {
        return choices[j] == 0 && parameters.get(j).size().isPresent();
    }

    /** The coordinate of each parameter: place on the unit interval, or index of the choice. */
    double[] places(Configuration configuration) {
        double[] places = new double[choices.length];
        for (int j = 0; j < places.length; j++) {
            Object value = value(configuration, j);
            places[j] = parameters.get(j) instanceof CategoricalParameter categorical
                    ? categorical.indexOf(value)
                    : parameters.get(j).toUnit(value);
        }
        return places;
    }

    Point point(Configuration configuration) {
        double[] from = new double[choices.length];
        double[] width = new double[choices.length];
        for (int j = 0; j < from.length; j++) {
            Stretch stretch = parameters.get(j).stretch(value(configuration, j));
            from[j] = stretch.from();
            width[j] = stretch.width();
        }
        return new Point(places(configuration), from, width);
    }

    Configuration configuration(Space space, double[] places) {
        Map<String, Object> values = new LinkedHashMap<>();
        space.parameters().forEach((name, parameter) -> values.put(name, parameter.middle()));
        for (int j = 0; j < places.length; j++) {
            Parameter parameter = parameters.get(j);
            Object value = choices[j] > 0 ? parameter.at((long) places[j]) : parameter.fromUnit(places[j]);
            values.put(names.get(j), value);
        }
        return new Configuration(values);
    }

    private Object value(Configuration configuration, int j) {
        Object value = configuration.values().get(names.get(j));
        if (value == null) {
            throw new SpaceException("configuration." + names.get(j), "is missing.");
        }
        return value;
    }
}
