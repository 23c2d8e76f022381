package io.homeostat.study.importance;

import io.homeostat.study.space.CategoricalParameter;
import io.homeostat.study.space.Parameter;
import java.util.Arrays;

/**
 * A parameter's unit interval as a {@link RegressionTree} sees it: places in order, or cells without one, each for a
 * choice.
 *
 * @param borders of the cells from 0 to 1; empty where places have an order
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Scale(double[] borders) {
    private static final Scale ORDERED = new Scale(new double[0]);

    static Scale of(Parameter parameter) {
        if (!(parameter instanceof CategoricalParameter)) {
            return ORDERED;
        }
        int choices = (int) parameter.size().orElseThrow();
        double[] borders = new double[choices + 1];
        for (int i = 0; i < choices; i++) {
            borders[i + 1] = parameter.stretch(parameter.at(i)).to();
        }
        borders[choices] = 1;
        return new Scale(borders);
    }

    boolean categorical() {
        return borders.length > 0;
    }

    int cells() {
        return borders.length - 1;
    }

    /** The cell at a place. */
    int cell(double place) {
        int found = Arrays.binarySearch(borders, place);
        return Math.min(cells() - 1, found >= 0 ? found : -found - 2);
    }

    double width(int cell) {
        return borders[cell + 1] - borders[cell];
    }
}
