package io.homeostat.drift.statistics.monitor;

/**
 * How windows are tested.
 *
 * @param fdr false discovery rate q over all tests of a window, 0 to 1, default .05
 * @param persistence consecutive windows that must agree, at least 1, default 2
 * @param minimumRows rows (or labels) below which a window says nothing, at least 1, default 200
 */
public record TestPolicy(double fdr, int persistence, int minimumRows) {
    /** The defaults. */
    public static final TestPolicy DEFAULT = new TestPolicy(0.05, 2, 200);

    /** Checks the ranges. */
    public TestPolicy {
        if (!(fdr > 0 && fdr < 1)) {
            throw new IllegalArgumentException("fdr: " + fdr + " is not between 0 and 1. The default is 0.05.");
        }
        if (persistence < 1 || minimumRows < 1) {
            throw new IllegalArgumentException(
                    "persistence " + persistence + " and minimumRows " + minimumRows + " must be at least 1.");
        }
    }
}
