package io.homeostat.drift.statistics.season;

/**
 * What the cells of a feature are. The last is that of missing values.
 *
 * @param ordered whether the others are in the order of the values
 * @param groups which bin of the tests each cell belongs to, rising from 0
 * @param widths how far apart the borders of neighbouring ordered cells are, in any unit; empty if that is not known
 */
public record CellKinds(boolean ordered, int[] groups, double[] widths) {
    /** Checks that there are as many widths as ordered cells between two others. */
    public CellKinds {
        if (widths.length != 0 && widths.length != groups.length - 3) {
            throw new IllegalArgumentException("widths: " + widths.length + " of " + groups.length
                    + " cells; give one for each but the last and" + " the outermost two.");
        }
    }

    /** Cells of which no distances are known. */
    public CellKinds(boolean ordered, int[] groups) {
        this(ordered, groups, new double[0]);
    }

    double[] coarse(double[] shares) {
        double[] sums = new double[groups[groups.length - 1] + 1];
        for (int cell = 0; cell < groups.length; cell++) {
            sums[groups[cell]] += shares[cell];
        }
        return sums;
    }
}
