package io.homeostat.drift.statistics.twosample;

import io.homeostat.drift.statistics.profile.NumericProfile;
import java.util.Locale;

/**
 * The energy distance of values in standard deviations of the reference.
 *
 * <p>Idea: D² = 2 E|X − Y| − E|X − X'| − E|Y − Y'| = 2 ∫ (F − G)² dx / σ; a shift of δ σ of a normal distribution has D =
 * .75 δ. The tails weigh less than in the Wasserstein distance, more than in Kolmogorov–Smirnov's.
 *
 * <p>Decision: D² / E₀ &gt; χ²<sub>1,.999</sub> = 10.8 and D ≥ gate, with E₀ its mean without drift, about 2 (1/n + 1/m) ∫ H(1 − H) dx / σ, H both
 * samples together. The limit of D² is a quadratic form of normal variables, and beyond 1.54 times its mean no such
 * form has a heavier tail than χ² with one degree of freedom: the p-value is a bound for every distribution.
 *
 * <p>Parameters: gate (default .1: a shift of .13 σ), fewest rows with a value on either side (default 200).
 *
 * <p>Example: 10,000 rows of N(0,1) against 10,000 of N(.5,1): D is about .37.
 *
 * <p>References: Székely, Rizzo: Energy statistics, 2013; Székely, Bakirov: Extremal probabilities for Gaussian
 * quadratic forms, 2003.
 */
public final class EnergyDistance extends NumericTest {
    /** The name in signals. */
    public static final String NAME = "energy";

    /**
     * A test.
     *
     * @param gate the smallest D that matters, above 0
     * @param fewestRows below this many values there is no verdict, at least 1
     */
    public EnergyDistance(double gate, long fewestRows) {
        super(NAME, gate, fewestRows);
    }

    /** The default: .1 and 200 rows. */
    public EnergyDistance() {
        this(0.1, 200);
    }

    @Override
    Difference difference(NumericProfile reference, NumericProfile window) {
        DistributionGap gap = new DistributionGap(reference, window);
        double squared = 0;
        double expected = 0;
        for (int i = 0; i < gap.widths.length; i++) {
            squared += 2 * gap.gaps[i] * gap.gaps[i] * gap.widths[i];
            expected += 2 * gap.variance(gap.pooled[i]) * gap.widths[i];
        }
        double distance = Math.sqrt(squared);
        double threshold = Math.sqrt(Tails.chiSquareCritical(1) * expected);
        String reason = String.format(
                Locale.ROOT,
                "energy distance %.3f, %.3f would be significant and %.3f matters",
                distance,
                threshold,
                effectGate());
        double pValue = expected > 0 ? Tails.quadraticFormP(squared / expected) : 1;
        return new Difference(distance, threshold, distance, pValue, reason);
    }
}
