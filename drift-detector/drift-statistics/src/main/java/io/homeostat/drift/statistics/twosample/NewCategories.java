package io.homeostat.drift.statistics.twosample;

import io.homeostat.drift.statistics.profile.CategoricalProfile;
import io.homeostat.drift.statistics.profile.FeatureProfile;
import java.util.Locale;

/**
 * Whether more of the window's rows than expected have a category that the reference never had.
 *
 * <p>Idea: the reference is a sample, so some rare categories are new in every window. How many is told by the
 * reference itself: the share of its rows whose category occurs only once is, on average, the share of further rows
 * that are new (Good and Turing). So f₁ single rows of n are compared with k new rows of m. That estimate varies c = 1 +
 * 2 f₂ / f₁ times as much as a count, f₂ the categories that occur twice; so both counts are divided by c.
 *
 * <p>Decision: P(X ≥ k) &lt; .001 and k / m ≥ gate, with X binomial of k + f₁ trials (each over c) of probability m / (n + m). The statistic
 * is −log₁₀ of that p-value, the threshold 3.
 *
 * <p>Parameters: gate (share of rows, default .01), fewest rows with a value on either side (default 200). A reference
 * with more categories than are counted one by one cannot tell new from rare: NOT_COMPARABLE.
 *
 * <p>Example: 10 of 500 rows are new, and none of the reference's 5,000 is single: p = (1/11)¹⁰ = 4·10⁻¹¹, effect .02.
 *
 * <p>Reference: Good: The population frequencies of species and the estimation of population parameters, 1953.
 */
public final class NewCategories extends CategoricalTest {
    /** The name in signals. */
    public static final String NAME = "new-categories";

    /**
     * A test.
     *
     * @param gate the smallest share of rows that matters, above 0
     * @param fewestRows below this many values there is no verdict, at least 1
     */
    public NewCategories(double gate, long fewestRows) {
        super(NAME, gate, fewestRows);
    }

    /** The default: .01 and 200 rows. */
    public NewCategories() {
        this(0.01, 200);
    }

    @Override
    String objection(FeatureProfile reference, FeatureProfile window) {
        return reference instanceof CategoricalProfile p && p.other() > 0
                ? "the reference has more categories than are counted, so what is new cannot be told"
                : super.objection(reference, window);
    }

    @Override
    Difference difference(CategoricalProfile reference, CategoricalProfile window) {
        UnseenCategories unseen = UnseenCategories.of(reference, window);
        long fresh = unseen.rows() + window.other(); // the window counts every category of its reference
        long single = occurring(1, reference);
        double n = reference.values();
        double m = window.values();
        double clumping = 1 + 2.0 * occurring(2, reference) / Math.max(1, single);
        double pValue = Tails.binomialUpperP(fresh / clumping, (fresh + single) / clumping, m / (n + m));
        String reason = String.format(
                Locale.ROOT,
                "%.2f %% of rows have new categories, about %.2f %% expected%s",
                100 * fresh / m,
                100 * single / n,
                unseen.text());
        return new Difference(Tails.surprise(pValue), Tails.surprise(Tails.ALPHA), fresh / m, pValue, reason);
    }

    private static long occurring(long times, CategoricalProfile profile) {
        return profile.counts().values().stream()
                .filter(count -> count == times)
                .count();
    }
}
