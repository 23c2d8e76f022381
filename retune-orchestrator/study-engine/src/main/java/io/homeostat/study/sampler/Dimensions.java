package io.homeostat.study.sampler;

import io.homeostat.study.space.CategoricalParameter;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.space.Parameter;
import io.homeostat.study.space.Space;
import io.homeostat.study.space.Stretch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The parameters of a space that have more than one value, in order, as coordinates. */
final class Dimensions {
    private final List<String> names = new ArrayList<>();
    private final List<Parameter> parameters = new ArrayList<>();
    private final int[] choices;
    private final int[] index; // place in the space

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
        index = names.stream().mapToInt(space.names()::indexOf).toArray();
    }

    int count() {
        return choices.length;
    }

    /** How many choices a categorical parameter has; 0 for a numeric one. */
    int choices(int j) {
        return choices[j];
    }

    /** The coordinate of each parameter: place on the unit interval, or index of the choice; NaN where not active. */
    double[] places(Configuration configuration) {
        double[] places = new double[choices.length];
        for (int j = 0; j < places.length; j++) {
            Object value = configuration.values().get(names.get(j));
            places[j] = value == null ? Double.NaN : place(parameters.get(j), value);
        }
        return places;
    }

    private static double place(Parameter parameter, Object value) {
        return parameter instanceof CategoricalParameter categorical
                ? categorical.indexOf(value)
                : parameter.toUnit(value);
    }

    Point point(Configuration configuration) {
        double[] from = new double[choices.length];
        double[] width = new double[choices.length];
        for (int j = 0; j < from.length; j++) {
            Object value = configuration.values().get(names.get(j));
            Stretch stretch =
                    value == null ? new Stretch(0, 1) : parameters.get(j).stretch(value);
            from[j] = stretch.from();
            width[j] = stretch.width();
        }
        return new Point(places(configuration), from, width);
    }

    /** The configuration at these coordinates; those of parameters that are not active are ignored. */
    Configuration configuration(Space space, double[] places) {
        double[] unit = new double[space.parameters().size()];
        Arrays.fill(unit, 0.5);
        for (int j = 0; j < places.length; j++) {
            Parameter parameter = parameters.get(j);
            unit[index[j]] = choices[j] > 0
                    ? parameter.stretch(parameter.at((long) places[j])).middle()
                    : places[j];
        }
        return space.fromUnit(unit);
    }
}
