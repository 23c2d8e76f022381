package io.homeostat.drift.statistics.season;

import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;

/**
 * How much the windows of a reference differ from each other beyond what as many independent rows would: rows close in
 * time are alike, so a window is worth fewer rows than it has. In units of 1 / rows: a test puts 1/n + 1/m + wander where
 * it had 1/n + 1/m. One number for each family of tests; at least 0, and 0 where it was not measured.
 *
 * @param distance for the largest gap of distribution functions, Kolmogorov–Smirnov
 * @param transport for the area between them, such as Wasserstein's
 * @param cells for sums over bins or categories, such as χ² and PSI
 * @param missing for the share of missing values
 */
public record Wander(double distance, double transport, double cells, double missing) {
    /** Not measured, or none. */
    public static final Wander NONE = new Wander(0, 0, 0, 0);

    /** Checks the ranges. */
    public Wander {
        if (!(distance >= 0 && transport >= 0 && cells >= 0 && missing >= 0)) {
            throw new IllegalArgumentException("wander: " + distance + ", " + transport + ", " + cells + " and "
                    + missing + " must be at least 0.");
        }
    }

    /** Writes it. */
    public void write(StateWriter out) {
        out.real(distance).real(transport).real(cells).real(missing);
    }

    /** Reads it. */
    public static Wander read(StateReader in) {
        return new Wander(in.real(), in.real(), in.real(), in.real());
    }

    /** Reads one of the layout that had one number for both families of distances. */
    public static Wander readWithoutTransport(StateReader in) {
        double distance = in.real();
        return new Wander(distance, distance, in.real(), in.real());
    }
}
