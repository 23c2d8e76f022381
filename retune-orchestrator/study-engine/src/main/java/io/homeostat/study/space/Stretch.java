package io.homeostat.study.space;

/**
 * A piece of the unit interval.
 *
 * @param from its start, in [0, 1]
 * @param to its end, in [from, 1]
 */
public record Stretch(double from, double to) {

    /** Its length. */
    public double width() {
        return to - from;
    }

    /** Its middle. */
    public double middle() {
        return (from + to) / 2;
    }
}
