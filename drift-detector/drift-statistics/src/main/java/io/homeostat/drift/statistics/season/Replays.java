package io.homeostat.drift.statistics.season;

import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * Learns a {@link Wander}: each window of the reference is compared with the reference without it.
 *
 * <p>Idea: of four squared distances — Kolmogorov–Smirnov, Wasserstein over the mean that it has by chance, χ² as
 * Σ (q − p)² / p̄, and the difference of the missing rates over r (1 − r) — the mean over the windows, weighted by their
 * rows, less what independent rows would give, is the variance between windows.
 *
 * <p>It is put on the scale of 1 / rows as if windows wandered along one direction, the worst case: χ² then stays at
 * level .001 if it is raised by 10.83 over the .999 point of χ² with the cells' degrees of freedom. A normal wander by
 * δ σ gives D = 2 Φ(δ/2) − 1; so KS is given what keeps D below 2 Φ(3.29 δ/2) − 1, δ that of the mean square. By chance
 * the .999 quantile of the Wasserstein distance is at least 2.7 times its mean, whatever the shape.
 *
 * <p>That mean is not known well: its upper .95 bound counts, with a standard error of the windows' deviation over √days,
 * as the windows of a day are alike. And wandering has heavier tails than that: storms, holidays. So a wander is at least
 * what it takes that no window of the reference itself would have been called different from the others.
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
    private static final double NORMAL_999 = 3.0902;
    private static final int DAYS_UNKNOWN = 28;
    // of a small shift of a normal distribution by δ: the squares of δ / (√(2/π) 1.56) and of .4 δ
    private static final double KOLMOGOROV_TO_TRANSPORT = 4;
    private static final double ONE_SIDED_95 = 1.645;
    private static final double TRANSPORT_MEAN_SQUARE = 1.14; // both over the squared mean
    private static final double TRANSPORT_CRITICAL_SQUARED = 2.7 * 2.7;
    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

    private final Spread ks = new Spread();
    private final Spread transport = new Spread();
    private final Spread chiSquare = new Spread();
    private final Spread missing = new Spread();
    private double rows;
    private int days;

    /** No windows yet, of a reference of so many days, or windows where those are longer. */
    Replays(int days) {
        this.days = days;
    }

    /* Of one distance: the weighted sum of what is beyond chance, and the most that a test would have had to allow. */
    private static final class Spread {
        private double sum;
        private double squares;
        private double most;

        void note(double rows, double excess, double needed) {
            sum += rows * excess;
            squares += rows * excess * excess;
            most = Math.max(most, needed);
        }

        /* The upper .95 bound; the windows of a day are alike and count once. */
        double mean(double rows, int days) {
            double mean = sum / rows;
            double variance = Math.max(0, squares / rows - mean * mean);
            return Math.max(0, mean + ONE_SIDED_95 * Math.sqrt(variance / Math.max(1, days)));
        }

        double atLeast(double needed) {
            return Math.max(most, needed);
        }

        void merge(Spread other) {
            sum += other.sum;
            squares += other.squares;
            most = Math.max(most, other.most);
        }

        void write(StateWriter out) {
            out.real(sum).real(squares).real(most);
        }

        void read(StateReader in) {
            sum = in.real();
            squares = in.real();
            most = in.real();
        }
    }

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
        noteChiSquare(expected.shares(), q, windowShare, chance, m, cells);
        noteMissing(expected.shares(), q, windowShare, chance, m);
        if (cells.ordered()) {
            noteDistances(expected.shares(), q, windowShare, chance, m, cells.widths());
        }
    }

    /** What was learned; none without windows. */
    Wander wander() {
        if (rows == 0) {
            return Wander.NONE;
        }
        double shift = NORMAL.inverseCumulativeProbability((1 + Math.min(1, Math.sqrt(ks.mean(rows, days)))) / 2);
        double distance = 2 * NORMAL.cumulativeProbability(NORMAL_CRITICAL * shift) - 1;
        return new Wander(
                ks.atLeast(distance * distance / KOLMOGOROV_CRITICAL_SQUARED),
                transport.atLeast(transport.mean(rows, days) * NORMAL_CRITICAL_SQUARED / TRANSPORT_CRITICAL_SQUARED),
                chiSquare.atLeast(chiSquare.mean(rows, days)),
                missing.atLeast(missing.mean(rows, days)));
    }

    void merge(Replays other) {
        ks.merge(other.ks);
        transport.merge(other.transport);
        chiSquare.merge(other.chiSquare);
        missing.merge(other.missing);
        rows += other.rows;
        days += other.days;
    }

    void write(StateWriter out) {
        ks.write(out);
        transport.write(out);
        chiSquare.write(out);
        missing.write(out);
        out.real(rows).count(days);
    }

    static Replays read(StateReader in) {
        Replays read = new Replays(0);
        read.ks.read(in);
        read.transport.read(in);
        read.chiSquare.read(in);
        read.missing.read(in);
        read.rows = in.real();
        read.days = in.sizeIn(0, Integer.MAX_VALUE);
        return read;
    }

    /** Reads the layout that had sums only; what it did not know about areas is taken from the largest gaps. */
    static Replays readSums(StateReader in) {
        Replays read = new Replays(DAYS_UNKNOWN);
        read.ks.sum = in.real();
        read.transport.sum = read.ks.sum * KOLMOGOROV_TO_TRANSPORT;
        read.chiSquare.sum = in.real();
        read.missing.sum = in.real();
        read.rows = in.real();
        return read;
    }

    private void noteDistances(double[] p, double[] q, double windowShare, double chance, double m, double[] widths) {
        int values = p.length - 1;
        double pValues = 1 - p[values];
        double qValues = 1 - q[values];
        if (pValues <= 0 || qValues <= 0) {
            return;
        }
        double gap = 0;
        double largest = 0;
        double before = 0;
        double area = 0;
        double chanceArea = 0;
        double level = 0;
        for (int cell = 0; cell < values; cell++) {
            gap += q[cell] / qValues - p[cell] / pValues;
            largest = Math.max(largest, Math.abs(gap));
            level += windowShare * q[cell] / qValues + (1 - windowShare) * p[cell] / pValues;
            if (cell > 0 && cell <= widths.length) {
                area += widths[cell - 1] * (Math.abs(before) + Math.abs(gap)) / 2;
                chanceArea += widths[cell - 1] * Math.sqrt(Math.max(0, level * (1 - level)));
            }
            before = gap;
        }
        double root = Math.sqrt(1 / chance); // Stephens' correction for few rows
        double scaled = root + 0.12 + 0.11 / root;
        ks.note(
                m,
                largest * largest - KOLMOGOROV_MEAN_SQUARE / (scaled * scaled),
                largest * largest / KOLMOGOROV_CRITICAL_SQUARED - chance);
        double ratio = area / (Math.sqrt(2 / Math.PI) * chanceArea);
        if (Double.isFinite(ratio)) { // one value, or values too far apart for a double
            transport.note(
                    m,
                    ratio * ratio - TRANSPORT_MEAN_SQUARE * chance,
                    ratio * ratio / TRANSPORT_CRITICAL_SQUARED - chance);
        }
    }

    private void noteChiSquare(double[] p, double[] q, double windowShare, double chance, double m, CellKinds cells) {
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
        if (used >= 2) {
            double critical = chiSquareCritical(used - 1, NORMAL_999);
            chiSquare.note(
                    m, (sum - (used - 1) * chance) * NORMAL_CRITICAL_SQUARED / critical, sum / critical - chance);
        }
    }

    /* A point of χ² by Wilson and Hilferty, within 1 %: it is asked for once per window and feature. */
    static double chiSquareCritical(int freedom, double normal) {
        double part = 2.0 / (9 * freedom);
        double root = 1 - part + normal * Math.sqrt(part);
        return freedom * root * root * root;
    }

    private void noteMissing(double[] p, double[] q, double windowShare, double chance, double m) {
        double before = p[p.length - 1];
        double now = q[q.length - 1];
        double pooled = windowShare * now + (1 - windowShare) * before;
        double variance = pooled * (1 - pooled);
        if (variance > 0) {
            double squared = (now - before) * (now - before) / variance;
            missing.note(m, squared - chance, squared / NORMAL_CRITICAL_SQUARED - chance);
        }
    }
}
