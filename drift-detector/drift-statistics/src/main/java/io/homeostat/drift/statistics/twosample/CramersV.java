package io.homeostat.drift.statistics.twosample;

import java.util.Locale;

/**
 * Cramér's V, the size of a difference between categories: 0 (equal) to 1 (nothing in common).
 *
 * <p>Bias-corrected, V² = max(0, X²/N − (k−1)/(N−1)), and divided by 2√(nm)/N: the V of samples of equal size. Without
 * that a window of 500 rows against a reference of 20,000 could never reach a gate, whatever happened.
 *
 * <p>Example: half a, half b before and .6 / .4 now: V is about .1.
 *
 * <p>Reference: Bergsma: A bias-correction for Cramér's V and Tschuprow's T, 2013.
 */
final class CramersV {
    private CramersV() {}

    static double of(double chiSquare, Cells cells) {
        double total = cells.n() + cells.m();
        double phi = Math.max(0, chiSquare / total - cells.freedom() / (total - 1));
        return Math.min(1, Math.sqrt(phi) * total / (2 * Math.sqrt(cells.n() * cells.m())));
    }

    /** A χ² statistic of the cells, with V as its effect. */
    static Difference difference(double chiSquare, Cells cells, UnseenCategories unseen) {
        double effect = of(chiSquare, cells);
        String reason =
                String.format(Locale.ROOT, "Cramér's V %.3f over %d categories%s", effect, cells.size(), unseen.text());
        return new Difference(chiSquare, cells.critical(), effect, cells.pValue(), reason);
    }
}
