package io.homeostat.drift.statistics.twosample;

import io.homeostat.drift.statistics.profile.CategoricalProfile;
import io.homeostat.drift.statistics.profile.FeatureProfile;
import io.homeostat.drift.statistics.profile.NumericProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Two samples as counts in the same cells. A cell with fewer than five expected rows on the smaller side is pooled into
 * a remainder, and a remainder with fewer than one into the smallest cell: the χ² distribution does not hold for such.
 * Which cells those are is decided by the sum of both samples, so that without drift neither is favoured.
 */
final class Cells {
    private static final double FEWEST_EXPECTED = 5;
    private static final double FEWEST_OF_REMAINDER = 1;

    private final List<double[]> pairs = new ArrayList<>();
    private final double[] rest = new double[2];
    private final double n;
    private final double m;
    private final double inflation;

    private Cells(double n, double m, double wander) {
        this.n = n;
        this.m = m;
        this.inflation = 1 + wander / (1 / n + 1 / m);
    }

    /** All rows, the missing ones a cell of their own; both profiles are of one kind. */
    static Cells ofRows(FeatureProfile reference, FeatureProfile window) {
        Cells cells =
                new Cells(reference.rows(), window.rows(), reference.wander().cells());
        cells.add(reference.nulls(), window.nulls());
        if (reference instanceof NumericProfile p && window instanceof NumericProfile q) {
            cells.addBins(p, q);
        } else if (reference instanceof CategoricalProfile p && window instanceof CategoricalProfile q) {
            cells.addCategories(p, q);
        }
        return cells.pooled();
    }

    /** The rows with a value. */
    static Cells ofValues(CategoricalProfile reference, CategoricalProfile window) {
        Cells cells = new Cells(
                reference.values(), window.values(), reference.wander().cells());
        cells.addCategories(reference, window);
        return cells.pooled();
    }

    int size() {
        return pairs.size();
    }

    int freedom() {
        return pairs.size() - 1;
    }

    double n() {
        return n;
    }

    double m() {
        return m;
    }

    /** 1/n + 1/m. */
    double scale() {
        return 1 / n + 1 / m;
    }

    double reference(int cell) {
        return pairs.get(cell)[0];
    }

    double window(int cell) {
        return pairs.get(cell)[1];
    }

    /** The share of the reference's rows. */
    double p(int cell) {
        return reference(cell) / n;
    }

    /** The share of the window's rows. */
    double q(int cell) {
        return window(cell) / m;
    }

    /** X² = Σ (√(m/n) a − √(n/m) b)² / (a + b): without drift about χ² with {@link #freedom()} degrees of freedom. */
    double chiSquare() {
        double ratio = Math.sqrt(m / n);
        double sum = 0;
        for (double[] pair : pairs) {
            double gap = ratio * pair[0] - pair[1] / ratio;
            sum += pair[0] + pair[1] > 0 ? gap * gap / (pair[0] + pair[1]) : 0;
        }
        return sum;
    }

    /** G = 2 Σ count ln(count / expected), over Williams' correction: without drift about χ², too. */
    double likelihoodRatio() {
        double total = n + m;
        double sum = 0;
        double reciprocals = 0;
        for (double[] pair : pairs) {
            double share = (pair[0] + pair[1]) / total;
            reciprocals += share > 0 ? 1 / share : 0;
            sum += 2 * (term(pair[0], share * n) + term(pair[1], share * m));
        }
        double balance = total / n + total / m - 1;
        return sum / (1 + balance * (reciprocals - 1) / (6 * total * Math.max(1, freedom())));
    }

    /**
     * The smaller one of X² and G. With few expected rows X² is too large where many came, G where none did; the smaller
     * one keeps to χ² far into its tail.
     */
    double cautious() {
        return Math.min(chiSquare(), likelihoodRatio());
    }

    /** The p-value of the smaller one of X² and G; less surprising where the reference's own windows differ, too. */
    double pValue() {
        return freedom() == 0 ? 1 : Tails.chiSquareP(cautious() / inflation, freedom());
    }

    /** What X² or G must exceed to be significant. */
    double critical() {
        return Tails.chiSquareCritical(Math.max(1, freedom())) * inflation;
    }

    private static double term(double count, double expected) {
        return count == 0 ? 0 : count * Math.log(count / expected);
    }

    private void addBins(NumericProfile reference, NumericProfile window) {
        long[] before = reference.counts();
        long[] now = window.counts();
        countExtremesBeyond(reference, before);
        for (int i = 0; i < before.length; i++) {
            add(before[i], now[i]);
        }
    }

    /* Where the reference's own extremes are the outer edges, under and over are empty in it. Yet one row in n + 1 is
    expected beyond either, so the extremes are counted there. */
    private static void countExtremesBeyond(NumericProfile reference, long[] counts) {
        double[] edges = reference.edges().toArray();
        int last = counts.length - 1;
        if (last > 1 && Math.nextDown(reference.sketch().min()) == edges[0] && counts[1] > 1) {
            counts[0]++;
            counts[1]--;
        }
        if (last > 1 && reference.sketch().max() == edges[last - 1] && counts[last - 1] > 1) {
            counts[last]++;
            counts[last - 1]--;
        }
    }

    private void addCategories(CategoricalProfile before, CategoricalProfile now) {
        TreeSet<String> all = new TreeSet<>(before.counts().keySet());
        all.addAll(now.counts().keySet());
        for (String name : all) {
            add(before.counts().getOrDefault(name, 0L), now.counts().getOrDefault(name, 0L));
        }
        rest[0] += before.other();
        rest[1] += now.other();
    }

    private void add(double before, double now) {
        if (expected(before + now) >= FEWEST_EXPECTED) {
            pairs.add(new double[] {before, now});
        } else {
            rest[0] += before;
            rest[1] += now;
        }
    }

    private Cells pooled() {
        if (pairs.isEmpty() || expected(rest[0] + rest[1]) >= FEWEST_OF_REMAINDER) {
            pairs.add(rest);
        } else {
            double[] smallest = pairs.get(0);
            for (double[] pair : pairs) {
                smallest = pair[0] + pair[1] < smallest[0] + smallest[1] ? pair : smallest;
            }
            smallest[0] += rest[0];
            smallest[1] += rest[1];
        }
        return this;
    }

    private double expected(double rows) {
        return rows * Math.min(n, m) / (n + m);
    }
}
