package io.homeostat.drift.statistics.twosample;

import io.homeostat.drift.statistics.profile.CategoricalProfile;

/**
 * The two-sample χ² test of categories, with Cramér's V as the size of the effect.
 *
 * <p>Idea: X² = Σ (√(m/n) a − √(n/m) b)² / (a + b) over the categories, a of the reference and b of the window.
 * Categories with fewer than five expected rows on either side are pooled with the remainder.
 *
 * <p>Decision: X² &gt; χ²<sub>k−1,.999</sub> and V ≥ gate. V is bias-corrected and that of samples of
 * equal size; the p-value is that of the smaller one of X² and G, as X² exaggerates where few rows are expected.
 *
 * <p>Parameters: gate (0–1, default .1), fewest rows with a value on either side (default 200).
 *
 * <p>Example: half a, half b before and .6 / .4 now, 1,000 rows each: X² is 20.2 and V is .098.
 *
 * <p>Reference: Bergsma: A bias-correction for Cramér's V and Tschuprow's T, 2013.
 */
public final class ChiSquareHomogeneity extends CategoricalTest {
    /** The name in signals. */
    public static final String NAME = "chi-square";

    /**
     * A test.
     *
     * @param gate the smallest V that matters, above 0
     * @param fewestRows below this many values there is no verdict, at least 1
     */
    public ChiSquareHomogeneity(double gate, long fewestRows) {
        super(NAME, gate, fewestRows);
    }

    /** The default: .1 and 200 rows. */
    public ChiSquareHomogeneity() {
        this(0.1, 200);
    }

    @Override
    Difference difference(CategoricalProfile reference, CategoricalProfile window) {
        Cells cells = Cells.ofValues(reference, window);
        return CramersV.difference(cells.chiSquare(), cells, UnseenCategories.of(reference, window));
    }
}
