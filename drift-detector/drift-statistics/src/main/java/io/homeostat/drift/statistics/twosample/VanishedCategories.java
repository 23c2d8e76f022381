package io.homeostat.drift.statistics.twosample;

import io.homeostat.drift.statistics.profile.CategoricalProfile;
import java.util.Locale;
import java.util.Map;

/**
 * Whether categories of the reference are no longer there.
 *
 * <p>Idea: a category of c reference rows is absent from a window of m rows by chance with a probability of at most (n / (n
 * + m))<sup>c</sup>: all its rows, of both samples, would have to lie in the reference. With K categories the smallest
 * of the probabilities is multiplied by K (Bonferroni).
 *
 * <p>Decision: K (n / (n + m))<sup>c</sup> &lt; .001 for the largest absent category, and the absent ones had at least the gate's
 * share of the reference's rows. The statistic is −log₁₀ of that p-value, the threshold 3.
 *
 * <p>Parameters: gate (share of the reference's rows, default .01), fewest rows with a value on either side (default
 * 200).
 *
 * <p>Example: one of ten categories, 100 of 1,000 rows, has none of 1,000 rows now: p = 10 · 2⁻¹⁰⁰, effect .1.
 */
public final class VanishedCategories extends CategoricalTest {
    /** The name in signals. */
    public static final String NAME = "vanished-categories";

    /**
     * A test.
     *
     * @param gate the smallest share of the reference's rows that matters, above 0
     * @param fewestRows below this many values there is no verdict, at least 1
     */
    public VanishedCategories(double gate, long fewestRows) {
        super(NAME, gate, fewestRows);
    }

    /** The default: .01 and 200 rows. */
    public VanishedCategories() {
        this(0.01, 200);
    }

    @Override
    Difference difference(CategoricalProfile reference, CategoricalProfile window) {
        UnseenCategories gone = UnseenCategories.of(window, reference);
        Map<String, Long> counts = reference.counts();
        long kinds = counts.values().stream().filter(count -> count > 0).count();
        long largest = gone.names().stream().mapToLong(counts::get).max().orElse(0);
        double n = reference.values();
        double m = window.values();
        double pValue = largest == 0 ? 1 : Math.min(1, kinds * Math.pow(n / (n + m), largest));
        double effect = gone.rows() / n;
        String reason = String.format(
                Locale.ROOT,
                "%d of %d categories, %.2f %% of the reference's rows, are gone%s",
                gone.names().size(),
                kinds,
                100 * effect,
                gone.names().isEmpty() ? "" : ", such as '" + gone.names().get(0) + "'");
        return new Difference(Tails.surprise(pValue), Tails.surprise(Tails.ALPHA), effect, pValue, reason);
    }
}
