package io.homeostat.drift.statistics.twosample;

import io.homeostat.drift.statistics.profile.FeatureProfile;
import java.util.Locale;

/**
 * Whether a feature is missing more or less often than it was: the two-proportion z-test.
 *
 * <p>Decision: |p − q| / √(r(1 − r)(1/n + 1/m)) &gt; 3.29 and |p − q| ≥ gate, r the pooled rate.
 *
 * <p>Parameters: gate (0–1, default .05: five rows in a hundred), fewest rows on either side (default 200).
 *
 * <p>Example: 0 of 1000 missing before and 100 of 1000 now: z = 10.3, effect .1.
 */
public final class NullRate extends GatedTest {
    /** The name in signals. */
    public static final String NAME = "null-rate";

    /**
     * A test.
     *
     * @param gate the smallest difference that matters, above 0
     * @param fewestRows below this many rows there is no verdict, at least 1
     */
    public NullRate(double gate, long fewestRows) {
        super(NAME, gate, fewestRows);
    }

    /** The default: .05 and 200 rows. */
    public NullRate() {
        this(0.05, 200);
    }

    @Override
    public boolean appliesTo(FeatureProfile profile) {
        return true;
    }

    @Override
    long counted(FeatureProfile profile) {
        return profile.rows();
    }

    @Override
    String objection(FeatureProfile reference, FeatureProfile window) {
        return "";
    }

    @Override
    Difference difference(FeatureProfile reference, FeatureProfile window) {
        double n = reference.rows();
        double m = window.rows();
        double p = reference.nulls() / n;
        double q = window.nulls() / m;
        double pooled = (reference.nulls() + window.nulls()) / (n + m);
        double deviation = Math.sqrt(
                pooled * (1 - pooled) * (1 / n + 1 / m + reference.wander().missing()));
        double effect = Math.abs(p - q);
        double z = deviation == 0 ? 0 : effect / deviation;
        String reason = String.format(Locale.ROOT, "missing in %.1f %% of rows, before %.1f %%", q * 100, p * 100);
        double pValue = z == 0 ? 1 : Tails.normalTwoSidedP(z);
        return new Difference(z, Tails.normalCritical(), effect, pValue, reason);
    }
}
