package io.homeostat.drift.statistics.twosample;

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
 */
public final class KolmogorovSmirnov extends NumericTest {
    /** The name in signals. */
    public static final String NAME = "ks";

    /**
     * A test.
     *
     * @param gate the smallest D that matters, above 0
     * @param fewestRows below this many values there is no verdict, at least 1
     */
    public KolmogorovSmirnov(double gate, long fewestRows) {
        super(NAME, gate, fewestRows);
    }

    /** The default: .1 and 200 rows. */
    public KolmogorovSmirnov() {
        this(0.1, 200);
    }

    @Override
    Difference difference(NumericProfile reference, NumericProfile window) {
        double distance = reference.sketch().distance(window.sketch());
        double blur = reference.sketch().rankError() + window.sketch().rankError();
        double spread = Math.sqrt(1.0 / reference.values()
                + 1.0 / window.values()
                + reference.wander().distance());
        double threshold = Math.max(effectGate(), Tails.kolmogorovCritical() * spread + blur);
        String reason = String.format(
                Locale.ROOT, "KS distance %.3f %s %.3f", distance, distance > threshold ? ">" : "<=", threshold);
        double pValue = Tails.kolmogorovP(Math.max(0, distance - blur) / spread);
        return new Difference(distance, threshold, distance, pValue, reason);
    }
}
