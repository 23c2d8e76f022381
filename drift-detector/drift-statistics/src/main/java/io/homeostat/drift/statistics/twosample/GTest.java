package io.homeostat.drift.statistics.twosample;

import io.homeostat.drift.statistics.profile.CategoricalProfile;

/**
 * The likelihood-ratio test of categories, with Cramér's V as the size of the effect.
 *
 * <p>Idea: G = 2 Σ count ln(count / expected) over both samples' categories, the expected counts from both samples
 * together. Categories with fewer than five expected rows on either side are pooled with the remainder.
 *
 * <p>Decision: G &gt; χ²<sub>k−1,.999</sub> and V ≥ gate. It adds up over nested splits of categories, where X² does not.
 *
 * <p>Parameters: gate (0–1, default .1), fewest rows with a value on either side (default 200).
 *
 * <p>Example: half a, half b before and .6 / .4 now, 1,000 rows each: G is 20.2 and V is .098.
 *
 * <p>Reference: Sokal, Rohlf: Biometry, 1981.
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
        double total = cells.n() + cells.m();
        double statistic = 0;
        for (int i = 0; i < cells.size(); i++) {
            double share = (cells.reference(i) + cells.window(i)) / total;
            statistic += term(cells.reference(i), share * cells.n()) + term(cells.window(i), share * cells.m());
        }
        return CramersV.difference(statistic, cells, UnseenCategories.of(reference, window));
    }

    private static double term(double count, double expected) {
        return count == 0 ? 0 : 2 * count * Math.log(count / expected);
    }
}
