package io.homeostat.drift.statistics.correction;

import java.util.Arrays;

/**
 * The rule of Benjamini and Hochberg for e-values: of the features called drifted, the expected share that did not drift
 * stays at or below q, however the tests depend on each other. {@link BenjaminiHochberg} promises that for independent and
 * positively dependent tests only.
 *
 * <p>Decision: with e-values in falling order, e(i) is rejected if some e(j), j ≥ i, is at least m / (q j); the adjusted value
 * min over j ≥ i of m / (j e(j)) is compared with q.
 *
 * <p>An e-value is a number of 0 or more whose mean without drift is at most 1, such as a bet's pay-off; {@link
 * #fromPValue} makes one of a p-value, and pays for it: p = .001 is worth 15.8, not 1,000.
 *
 * <p>Example: 100, 50, 1 are adjusted to .03, .03, 1.
 *
 * <p>References: Wang, Ramdas: False discovery rate control with e-values, 2022; Vovk, Wang: E-values: calibration,
 * combination and applications, 2021.
 */
public final class EBenjaminiHochberg {
    private EBenjaminiHochberg() {}

    /** The adjusted values, in the order given; e-values must be 0 or more and may be infinite. */
    public static double[] adjust(double[] eValues) {
        double[] inverse = Arrays.stream(eValues)
                .map(EBenjaminiHochberg::checked)
                .map(e -> e <= 1 ? 1 : 1 / e)
                .toArray();
        return BenjaminiHochberg.adjust(inverse);
    }

    /** The e-value ½ p^−½ of a p-value in 0..1; infinite at 0. */
    public static double fromPValue(double pValue) {
        if (!(pValue >= 0 && pValue <= 1)) {
            throw new IllegalArgumentException("pValue: " + pValue + " is not in 0..1.");
        }
        return 0.5 / Math.sqrt(pValue);
    }

    private static double checked(double eValue) {
        if (!(eValue >= 0)) {
            throw new IllegalArgumentException("eValue: " + eValue + " is below 0 or no number.");
        }
        return eValue;
    }
}
