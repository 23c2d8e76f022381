package io.homeostat.study.space;

/**
 * Evenly spaced numbers on the unit interval: each owns the stretch of the scale that is rounded to it.
 *
 * @param low the first number; above 0 if {@code log}
 * @param step the distance to the next, above 0
 * @param points how many there are, at least 1
 * @param log whether the unit interval is even in ln(number)
 */
record Grid(double low, double step, long points, boolean log) {

    double toUnit(double number) {
        return (scale(number) - scale(start())) / (scale(end()) - scale(start()));
    }

    /** The index of the number whose stretch the place lies in. */
    long index(double unit) {
        double place = scale(start()) + Math.min(1, Math.max(0, unit)) * (scale(end()) - scale(start()));
        long index = Math.round(((log ? Math.exp(place) : place) - low) / step);
        return Math.min(points - 1, Math.max(0, index));
    }

    Stretch stretch(double number) {
        return new Stretch(toUnit(Math.max(start(), number - step / 2)), toUnit(Math.min(end(), number + step / 2)));
    }

    // on a logarithmic scale the first number's stretch must not reach 0
    private double start() {
        return low - (log ? Math.min(step, low) : step) / 2;
    }

    private double end() {
        return low + (points - 0.5) * step;
    }

    private double scale(double value) {
        return log ? Math.log(value) : value;
    }
}
