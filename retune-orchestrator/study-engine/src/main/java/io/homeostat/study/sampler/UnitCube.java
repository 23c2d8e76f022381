package io.homeostat.study.sampler;

import io.homeostat.study.space.CategoricalParameter;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.space.Parameter;
import io.homeostat.study.space.Space;
import io.homeostat.study.trial.History;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A space as numbers for methods that need all coordinates at all times: those parameters that have more than one value,
 * by their place on the unit interval. A parameter that is not active is at a fixed place: ½, or −1 if it is categorical,
 * where it is like no other.
 */
public final class UnitCube {
    private static final double NO_CHOICE = -1;
    private static final double MIDDLE = 0.5;

    private final Space space;
    private final List<Parameter> parameters = new ArrayList<>();
    private final int[] index; // place in the space
    private final boolean[] categorical;

    /** The places of a space. */
    public UnitCube(Space space) {
        this.space = space;
        List<Parameter> all = List.copyOf(space.parameters().values());
        index = IntStream.range(0, all.size())
                .filter(j -> all.get(j).size().orElse(2) > 1)
                .toArray();
        categorical = new boolean[index.length];
        for (int j = 0; j < index.length; j++) {
            parameters.add(all.get(index[j]));
            categorical[j] = parameters.get(j) instanceof CategoricalParameter;
        }
    }

    /** How many coordinates there are. */
    public int count() {
        return index.length;
    }

    /** The parameter's name of each coordinate. */
    public List<String> names() {
        return Arrays.stream(index).mapToObj(space.names()::get).toList();
    }

    /** Whether a coordinate is categorical. */
    public boolean categorical(int j) {
        return categorical[j];
    }

    /** Which coordinates are categorical. */
    public boolean[] categorical() {
        return categorical.clone();
    }

    /** The coordinates that are not categorical. */
    public int[] numeric() {
        return IntStream.range(0, categorical.length)
                .filter(j -> !categorical[j])
                .toArray();
    }

    /** Whether the parameter's values can be counted. */
    boolean stepped(int j) {
        return parameters.get(j).size().isPresent();
    }

    /** The parameter of a coordinate. */
    public Parameter parameter(int j) {
        return parameters.get(j);
    }

    /** A trial's place. */
    double[] place(History history, int trial) {
        double[] place = new double[index.length];
        for (int j = 0; j < place.length; j++) {
            place[j] = active(j, history.unit(trial, index[j]));
        }
        return place;
    }

    /** A configuration's place. */
    public double[] place(Configuration configuration) {
        double[] unit = space.toUnit(configuration);
        double[] place = new double[index.length];
        for (int j = 0; j < place.length; j++) {
            place[j] = active(j, unit[index[j]]);
        }
        return place;
    }

    private double active(int j, double unit) {
        return Double.isNaN(unit) ? fixed(j) : unit;
    }

    private double fixed(int j) {
        return categorical[j] ? NO_CHOICE : MIDDLE;
    }

    /** The nearest place that is one of a configuration. */
    double[] snapped(double[] place) {
        if (space.conditional()) {
            return place(configuration(place));
        }
        double[] snapped = place.clone();
        for (int j = 0; j < snapped.length; j++) {
            if (stepped(j)) {
                snapped[j] = snapped(j, place[j]);
            }
        }
        return snapped;
    }

    /** The nearest place of a value. */
    double snapped(int j, double place) {
        Parameter parameter = parameters.get(j);
        return parameter.toUnit(parameter.fromUnit(place));
    }

    /** The configuration at a place; coordinates of parameters that are not active are ignored. */
    public Configuration configuration(double[] place) {
        double[] unit = new double[space.parameters().size()];
        Arrays.fill(unit, MIDDLE);
        for (int j = 0; j < place.length; j++) {
            unit[index[j]] = place[j];
        }
        return space.fromUnit(unit);
    }
}
