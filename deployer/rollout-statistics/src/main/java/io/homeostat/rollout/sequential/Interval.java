package io.homeostat.rollout.sequential;

/**
 * The values that are still credible.
 *
 * @param low the least
 * @param high the largest, at least {@code low}
 */
public record Interval(double low, double high) {
    /** Whether a value is credible. */
    public boolean contains(double value) {
        return low <= value && value <= high;
    }

    static Interval around(double centre, double halfWidth, double least, double most) {
        return new Interval(
                Math.min(most, Math.max(least, centre - halfWidth)),
                Math.max(least, Math.min(most, centre + halfWidth)));
    }
}
