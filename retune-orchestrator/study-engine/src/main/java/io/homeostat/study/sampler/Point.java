package io.homeostat.study.sampler;

import io.homeostat.study.space.Stretch;
import java.util.List;

/**
 * Values of parameters as the densities see them, one entry per axis.
 *
 * @param place the value's place, NaN where the parameter is not there; of a stepped parameter any place in its stretch
 * @param from start of the stretch of a stepped parameter's value
 * @param width width of that stretch
 */
@SuppressWarnings("ArrayRecordComponent") // lives within one suggestion and is never compared
record Point(double[] place, double[] from, double[] width) {

    /** The values at these places. */
    static Point at(List<Axis> axes, double[] places) {
        double[] from = new double[places.length];
        double[] width = new double[places.length];
        for (int j = 0; j < places.length; j++) {
            if (axes.get(j).stepped() && !Double.isNaN(places[j])) {
                Stretch stretch = axes.get(j).stretch(places[j]);
                from[j] = stretch.from();
                width[j] = stretch.width();
            }
        }
        return new Point(places, from, width);
    }
}
