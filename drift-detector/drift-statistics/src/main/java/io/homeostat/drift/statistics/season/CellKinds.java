package io.homeostat.drift.statistics.season;

/**
 * What the cells of a feature are. The last is that of missing values.
 *
 * @param ordered whether the others are in the order of the values
 * @param groups which bin of the tests each cell belongs to, rising from 0
 */
public record CellKinds(boolean ordered, int[] groups) {
    double[] coarse(double[] shares) {
        double[] sums = new double[groups[groups.length - 1] + 1];
        for (int cell = 0; cell < groups.length; cell++) {
            sums[groups[cell]] += shares[cell];
        }
        return sums;
    }
}
