package io.homeostat.study.sampler;

import io.homeostat.study.space.CategoricalParameter;
import io.homeostat.study.space.Parameter;
import io.homeostat.study.space.Stretch;
import java.util.Arrays;

/**
 * A parameter with more than one value as a density sees it. A value's place is its coordinate in the unit cube; of a
 * categorical parameter it is the index of the choice.
 */
final class Axis {
    private static final int MOST_EDGES = 1024;

    private final int index;
    private final Parameter parameter;
    private final double[] shares; // of the choices, by their prior; empty if numeric
    private final double[] ends; // where the stretches of the choices or of the steps end; empty if not listed
    private final boolean stepped;

    /**
     * @param index the parameter's place in the space
     */
    Axis(int index, Parameter parameter) {
        this.index = index;
        this.parameter = parameter;
        shares = parameter instanceof CategoricalParameter categorical ? shares(categorical) : new double[0];
        stepped = shares.length == 0 && parameter.stretch(parameter.middle()).width() > 0;
        ends = (shares.length > 0 || stepped) && parameter.size().orElse(Long.MAX_VALUE) <= MOST_EDGES
                ? ends(parameter)
                : new double[0];
    }

    private static double[] shares(CategoricalParameter parameter) {
        double[] shares = new double[parameter.choices().size()];
        Arrays.setAll(shares, parameter::share);
        return shares;
    }

    private static double[] ends(Parameter parameter) {
        double[] ends = new double[(int) parameter.size().orElseThrow()];
        Arrays.setAll(ends, i -> parameter.stretch(parameter.at(i)).to());
        return ends;
    }

    /** The parameter's place in the space. */
    int index() {
        return index;
    }

    /** Whether its values have no order. */
    boolean categorical() {
        return shares.length > 0;
    }

    /** Whether each value owns a stretch of the unit interval. */
    boolean stepped() {
        return stepped;
    }

    /** How many choices there are; 0 if it is numeric. */
    int choices() {
        return shares.length;
    }

    /** The prior probability of a choice. */
    double share(int choice) {
        return shares[choice];
    }

    /** The place of the value at this coordinate; NaN of NaN. */
    double place(double unit) {
        return categorical() && !Double.isNaN(unit) ? listed(unit) : unit;
    }

    /** A coordinate of the value at this place. */
    double unit(double place) {
        if (!categorical()) {
            return place;
        }
        int choice = (int) place;
        return ((choice == 0 ? 0 : ends[choice - 1]) + ends[choice]) / 2;
    }

    /** The stretch of the stepped value at this place. */
    Stretch stretch(double place) {
        if (ends.length == 0) {
            return parameter.stretch(parameter.fromUnit(place));
        }
        int at = listed(place);
        return new Stretch(at == 0 ? 0 : ends[at - 1], ends[at]);
    }

    private int listed(double unit) {
        int at = Arrays.binarySearch(ends, unit);
        return Math.min(ends.length - 1, at < 0 ? -at - 1 : at + 1);
    }
}
