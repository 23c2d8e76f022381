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
 *
 * @param gate the smallest difference that matters
 * @param fewestRows below this many rows there is no verdict
 */
public record NullRate(double gate, long fewestRows) implements TwoSampleTest {
    /** The name in signals. */
    public static final String NAME = "null-rate";

    /** Checks the ranges. */
    public NullRate {
        if (!(gate > 0 && gate < 1) || fewestRows < 1) {
            throw new IllegalArgumentException(
                    "null-rate: gate " + gate + " must be in 0..1 and fewest rows " + fewestRows + " above 0.");
        }
    }

    /** The default: .05 and 200 rows. */
    public NullRate() {
        this(0.05, 200);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public double effectGate() {
        return gate;
    }

    @Override
    public boolean appliesTo(FeatureProfile profile) {
        return true;
    }

    @Override
    public TwoSampleResult test(String feature, FeatureProfile reference, FeatureProfile window) {
        long n = reference.rows();
        long m = window.rows();
        if (Math.min(n, m) < fewestRows) {
            return TwoSampleResult.none(
                    NAME, feature, n, m, Verdict.TOO_FEW_ROWS, PopulationStabilityIndex.tooFew(n, m, fewestRows));
        }
        double p = (double) reference.nulls() / n;
        double q = (double) window.nulls() / m;
        double pooled = (double) (reference.nulls() + window.nulls()) / (n + m);
        double deviation = Math.sqrt(pooled * (1 - pooled) * (1.0 / n + 1.0 / m));
        double z = deviation == 0 ? 0 : Math.abs(p - q) / deviation;
        double effect = Math.abs(p - q);
        boolean different = z > Tails.normalCritical() && effect >= gate;
        String reason = String.format(Locale.ROOT, "missing in %.1f %% of rows, before %.1f %%", q * 100, p * 100);
        Verdict verdict = different ? Verdict.DIFFERENT : Verdict.SAME;
        return new TwoSampleResult(
                NAME,
                feature,
                z,
                effect,
                z == 0 ? 1 : Tails.normalTwoSidedP(z),
                Tails.normalCritical(),
                n,
                m,
                verdict,
                reason);
    }
}
