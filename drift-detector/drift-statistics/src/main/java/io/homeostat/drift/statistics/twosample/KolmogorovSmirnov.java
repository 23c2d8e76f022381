package io.homeostat.drift.statistics.twosample;

import io.homeostat.drift.statistics.profile.FeatureProfile;
import io.homeostat.drift.statistics.profile.NumericProfile;
import java.util.Locale;

/**
 * The Kolmogorov–Smirnov test on two quantile sketches.
 *
 * <p>Idea: D = sup |F − G|, the largest gap between the two distribution functions.
 *
 * <p>Decision: D &gt; c(α) √(1/n + 1/m) + ε₁ + ε₂ and D ≥ gate, with the true row counts n and m and the sketches' rank
 * errors ε; c(.001) = 1.95. The p-value is Kolmogorov's, of D − ε₁ − ε₂. The gate keeps large windows from alarms about
 * nothing: at 100,000 rows a shift of .02 σ has p = 1e-4.
 *
 * <p>Parameters: gate (0–1, default .1; .05 is fine-grained), fewest rows with a value on either side (default 200).
 *
 * <p>Example: N(0,1) against N(.5,1): D is about .2.
 *
 * @param gate the smallest D that matters
 * @param fewestRows below this many values there is no verdict
 */
public record KolmogorovSmirnov(double gate, long fewestRows) implements TwoSampleTest {
    /** The name in signals. */
    public static final String NAME = "ks";

    /** Checks the ranges. */
    public KolmogorovSmirnov {
        if (!(gate > 0 && gate < 1) || fewestRows < 1) {
            throw new IllegalArgumentException(
                    "ks: gate " + gate + " must be in 0..1 and fewest rows " + fewestRows + " above 0.");
        }
    }

    /** The default: .1 and 200 rows. */
    public KolmogorovSmirnov() {
        this(0.1, 200);
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
        return profile instanceof NumericProfile;
    }

    @Override
    public TwoSampleResult test(String feature, FeatureProfile reference, FeatureProfile window) {
        long n = reference.values();
        long m = window.values();
        if (!(reference instanceof NumericProfile p) || !(window instanceof NumericProfile q)) {
            return TwoSampleResult.none(NAME, feature, n, m, Verdict.NOT_COMPARABLE, "the feature is not numeric");
        }
        if (Math.min(n, m) < fewestRows) {
            return TwoSampleResult.none(
                    NAME, feature, n, m, Verdict.TOO_FEW_ROWS, PopulationStabilityIndex.tooFew(n, m, fewestRows));
        }
        double distance = p.sketch().distance(q.sketch());
        double blur = p.sketch().rankError() + q.sketch().rankError();
        double spread = Math.sqrt(1.0 / n + 1.0 / m);
        double threshold = Math.max(gate, Tails.kolmogorovCritical() * spread + blur);
        boolean different = distance > threshold;
        String reason =
                String.format(Locale.ROOT, "KS distance %.3f %s %.3f", distance, different ? ">" : "<=", threshold);
        double pValue = Tails.kolmogorovP(Math.max(0, distance - blur) / spread);
        Verdict verdict = different ? Verdict.DIFFERENT : Verdict.SAME;
        return new TwoSampleResult(NAME, feature, distance, distance, pValue, threshold, n, m, verdict, reason);
    }
}
