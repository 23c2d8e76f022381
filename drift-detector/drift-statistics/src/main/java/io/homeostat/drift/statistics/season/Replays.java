package io.homeostat.drift.statistics.season;

import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * Learns a {@link Wander}: each window of the reference is compared with the reference without it.
 *
 * <p>Idea: of three squared distances — Kolmogorov–Smirnov, χ² as Σ (q − p)² / p̄, and the difference of the missing
 * rates over r (1 − r) — the mean over the windows, weighted by their rows, less what independent rows would give, is
 * the variance between windows.
 *
 * <p>It is put on the scale of 1 / rows as if windows wandered along one direction, the worst case: χ² then stays at
 * level .001 if it is raised by 10.83 over the .999 point of χ² with the cells' degrees of freedom. A normal wander by
 * δ σ gives D = 2 Φ(δ/2) − 1; so KS is given what keeps D below 2 Φ(3.29 δ/2) − 1, δ that of the mean square.
 *
 * <p>Example: windows whose means wander with a standard deviation of .2 σ have a mean square D of .0064, and KS gets
 * .018: such a window is never worth more than 56 rows.
 *
 * <p>Limits: it knows only what happened within the reference. A reference of one month has not seen the year.
 */
final class Replays {
    private static final double KOLMOGOROV_MEAN_SQUARE = Math.PI * Math.PI / 12;
    private static final double NORMAL_CRITICAL = 3.2905;
    private static final double NORMAL_CRITICAL_SQUARED = NORMAL_CRITICAL * NORMAL_CRITICAL;
    private static final double KOLMOGOROV_CRITICAL_SQUARED = 3.8;
    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

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

    /** What was learned; none without windows. */
    Wander wander() {
        if (rows == 0) {
            return Wander.NONE;
        }
        double shift = NORMAL.inverseCumulativeProbability((1 + Math.min(1, Math.sqrt(Math.max(0, ks / rows)))) / 2);
        double distance = 2 * NORMAL.cumulativeProbability(NORMAL_CRITICAL * shift) - 1;
        return new Wander(
                distance * distance / KOLMOGOROV_CRITICAL_SQUARED,
                Math.max(0, chiSquare / rows),
                Math.max(0, missing / rows));
    }

    void merge(Replays other) {
        ks += other.ks;
        chiSquare += other.chiSquare;
        missing += other.missing;
        rows += other.rows;
    }

    void write(StateWriter out) {
        out.real(ks).real(chiSquare).real(missing).real(rows);
    }

    static Replays read(StateReader in) {
        Replays read = new Replays();
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
        return largest * largest - KOLMOGOROV_MEAN_SQUARE / (scaled * scaled);
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
