package io.homeostat.drift.statistics.twosample;

import io.homeostat.drift.statistics.profile.CategoricalProfile;

/**
 * The likelihood-ratio test of categories, with Cramér's V as the size of the effect.
 *
 * <p>Idea: G = 2 Σ count ln(count / expected) over both samples' categories, the expected counts from both samples
 * together, divided by Williams' correction (1 + a little where counts are low). Categories with fewer than five expected
 * rows on either side are pooled with the remainder.
 *
 * <p>Decision: G &gt; χ²<sub>k−1,.999</sub> and V ≥ gate; the p-value is that of the smaller one of G and X². It adds up over nested splits of categories, where X² does not.
 *
 * <p>Parameters: gate (0–1, default .1), fewest rows with a value on either side (default 200).
 *
 * <p>Example: half a, half b before and .6 / .4 now, 1,000 rows each: G is 20.2 and V is .098.
 *
 * <p>Reference: Williams: Improved likelihood ratio tests for complete contingency tables, 1976.
 */
public final class GTest extends CategoricalTest {
    /** The name in signals. */
    public static final String NAME = "g-test";

    /**
     * A test.
     *
     * @param gate the smallest V that matters, above 0
     * @param fewestRows below this many values there is no verdict, at least 1
     */
    public GTest(double gate, long fewestRows) {
        super(NAME, gate, fewestRows);
    }

    /** The default: .1 and 200 rows. */
    public GTest() {
        this(0.1, 200);
    }

    @Override
    Difference difference(CategoricalProfile reference, CategoricalProfile window) {
        Cells cells = Cells.ofValues(reference, window);
        return CramersV.difference(cells.likelihoodRatio(), cells, UnseenCategories.of(reference, window));
    }
}
