package io.homeostat.drift.statistics.sequential;

/**
 * The bounds of a stream that is not a loss, such as a latency or a score: {@link #loss} brings its values linearly into
 * [0, 1] for a detector, and cuts those beyond the bounds, as detectors' guarantees rest on a bounded stream. The
 * tighter the bounds, the sooner a change is found: a change of d is one of d / (high − low) to the detector.
 *
 * @param low what becomes 0
 * @param high what becomes 1, above low
 */
public record Bounds(double low, double high) {
    /** Checks that the bounds are finite and in order. */
    public Bounds {
        if (!(high > low) || !Double.isFinite(high - low)) {
            throw new IllegalArgumentException(
                    "bounds: " + low + ".." + high + " is not a finite range. Maybe they are swapped.");
        }
    }

    /** The value as a loss; infinite values are cut, NaN is refused. */
    public double loss(double value) {
        if (Double.isNaN(value)) {
            throw new IllegalArgumentException("value: NaN has no place in " + low + ".." + high + ". Leave it out.");
        }
        return Math.min(1, Math.max(0, (value - low) / (high - low)));
    }

    /** The value that a loss, or a mean of losses, stands for. */
    public double value(double loss) {
        return low + loss * (high - low);
    }
}
