package io.homeostat.drift.statistics.season;

import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;

/**
 * How much a reference's own windows differ beyond chance: rows close in time are alike, so a window is worth fewer rows
 * than it has, and tests that take rows as independent alarm too often.
 *
 * <p>Idea: each window of the reference is compared with the reference without it. Of three distances — the
 * Kolmogorov–Smirnov distance squared, the χ² distance Σ (q − p)² / p̄, and the difference of the missing rates squared
 * over r (1 − r) — the mean over the windows (weighted by their rows) is taken, less what independent rows would give.
 * What remains is the variance between windows, in units of 1 / rows.
 *
 * <p>Use: a test puts 1/n + 1/m + {@link #variance()} where it had 1/n + 1/m. The three are put on that scale as if
 * windows wandered along one direction, the worst case: for a normal wander, KS stays at level .001 if its mean square
 * is raised by (3.29 / 1.95)², χ² by 10.83 over the .999 point of χ² with the cells' degrees of freedom. The largest of
 * the three counts.
 *
 * <p>Example: independent rows give near 0. Windows whose means wander with a standard deviation of .2 σ give about .02:
 * such a window is never worth more than 50 rows.
 *
 * <p>Limits: it knows only what happened within the reference. A reference of one month has not seen the year.
 */
final class Wander {
    private static final double KOLMOGOROV_MEAN_SQUARE = Math.PI * Math.PI / 12;
    private static final double NORMAL_CRITICAL_SQUARED = 10.828;
    private static final double KOLMOGOROV_CRITICAL_SQUARED = 3.8;

    private double ks;
    private double chiSquare;
    private double missing;
    private double rows;

    /**
     * Notes a window.
     *
     * @param expected the reference without it
     * @param window its counts per cell
     * @param cells what the cells are
     */
    void note(Mixture expected, int[] window, CellKinds cells) {
        double m = 0;
        for (int count : window) {
            m += count;
        }
        if (m == 0 || expected.rows() == 0) {
            return;
        }
        double chance = 1 / expected.rows() + 1 / m;
        double[] q = new double[window.length];
        for (int cell = 0; cell < q.length; cell++) {
            q[cell] = window[cell] / m;
        }
        double windowShare = m / (m + expected.rows());
        rows += m;
        chiSquare += m * chiSquareExcess(expected.shares(), q, windowShare, chance, cells);
        missing += m * missingExcess(expected.shares(), q, windowShare, chance);
        if (cells.ordered()) {
            ks += m * ksExcess(expected.shares(), q, chance);
        }
    }

    /** The variance between windows in units of 1 / rows, at least 0. */
    double variance() {
        return rows == 0 ? 0 : Math.max(0, Math.max(ks, Math.max(chiSquare, missing)) / rows);
    }

    void merge(Wander other) {
        ks += other.ks;
        chiSquare += other.chiSquare;
        missing += other.missing;
        rows += other.rows;
    }

    void write(StateWriter out) {
        out.real(ks).real(chiSquare).real(missing).real(rows);
    }

    static Wander read(StateReader in) {
        Wander read = new Wander();
        read.ks = in.real();
        read.chiSquare = in.real();
        read.missing = in.real();
        read.rows = in.real();
        return read;
    }

    private static double ksExcess(double[] p, double[] q, double chance) {
        int values = p.length - 1;
        double pValues = 1 - p[values];
        double qValues = 1 - q[values];
        if (pValues <= 0 || qValues <= 0) {
            return 0;
        }
        double gap = 0;
        double largest = 0;
        for (int cell = 0; cell < values; cell++) {
            gap += q[cell] / qValues - p[cell] / pValues;
            largest = Math.max(largest, Math.abs(gap));
        }
        double root = Math.sqrt(1 / chance); // Stephens' correction for few rows
        double scaled = root + 0.12 + 0.11 / root;
        double excess = largest * largest - KOLMOGOROV_MEAN_SQUARE / (scaled * scaled);
        return excess * NORMAL_CRITICAL_SQUARED / KOLMOGOROV_CRITICAL_SQUARED;
    }

    private static double chiSquareExcess(double[] p, double[] q, double windowShare, double chance, CellKinds cells) {
        double[] before = cells.coarse(p);
        double[] now = cells.coarse(q);
        double sum = 0;
        int used = 0;
        for (int cell = 0; cell < now.length; cell++) {
            double pooled = windowShare * now[cell] + (1 - windowShare) * before[cell];
            if (pooled > 0) {
                sum += (now[cell] - before[cell]) * (now[cell] - before[cell]) / pooled;
                used++;
            }
        }
        if (used < 2) {
            return 0;
        }
        return (sum - (used - 1) * chance) * NORMAL_CRITICAL_SQUARED / chiSquareCritical(used - 1);
    }

    /* The .999 point of χ² by Wilson and Hilferty, within 1 %: it is asked for once per window and feature. */
    private static double chiSquareCritical(int freedom) {
        double part = 2.0 / (9 * freedom);
        double root = 1 - part + 3.0902 * Math.sqrt(part);
        return freedom * root * root * root;
    }

    private static double missingExcess(double[] p, double[] q, double windowShare, double chance) {
        double before = p[p.length - 1];
        double now = q[q.length - 1];
        double pooled = windowShare * now + (1 - windowShare) * before;
        double variance = pooled * (1 - pooled);
        return variance <= 0 ? 0 : (now - before) * (now - before) / variance - chance;
    }
}
