package io.homeostat.drift.statistics.twosample;

import io.homeostat.drift.statistics.profile.FeatureProfile;
import io.homeostat.drift.statistics.profile.NumericProfile;
import java.util.Locale;

/**
 * Population stability index over the reference's quantile bins.
 *
 * <p>Idea: PSI = Σ (p − q) ln(p / q) over the bins, under, over and missing included, each count raised by ½ so that an
 * empty bin is no infinity. Bins empty in both samples are left out.
 *
 * <p>Decision: PSI &gt; max(practical, χ²<sub>B−1,.999</sub> (1/n + 1/m)). Without drift PSI / (1/n + 1/m) is about χ²
 * with B − 1 degrees of freedom, so the common fixed .1 would be passed by a third of all windows of 200 rows.
 *
 * <p>Parameters: practical (share-free, default .1: moderate; .25 is large), fewest rows on either side (default 200).
 *
 * <p>Example: ten equal bins, all mass moved from the lowest into the highest: PSI = .1 ln(…)·2, above .4.
 *
 * <p>Reference: Yurdakul, Naranjo: Statistical properties of the population stability index, 2020.
 *
 * @param practical the smallest index that matters
 * @param fewestRows below this many rows there is no verdict
 */
public record PopulationStabilityIndex(double practical, long fewestRows) implements TwoSampleTest {
    /** The name in signals. */
    public static final String NAME = "psi";

    /** Checks the ranges. */
    public PopulationStabilityIndex {
        if (!(practical > 0) || fewestRows < 1) {
            throw new IllegalArgumentException(
                    "psi: practical " + practical + " and fewest rows " + fewestRows + " must be above 0.");
        }
    }

    /** The default: .1 and 200 rows. */
    public PopulationStabilityIndex() {
        this(0.1, 200);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public double effectGate() {
        return practical;
    }

    @Override
    public boolean appliesTo(FeatureProfile profile) {
        return profile instanceof NumericProfile;
    }

    @Override
    public TwoSampleResult test(String feature, FeatureProfile reference, FeatureProfile window) {
        long n = reference.rows();
        long m = window.rows();
        if (!(reference instanceof NumericProfile p)
                || !(window instanceof NumericProfile q)
                || !p.edges().equals(q.edges())) {
            return TwoSampleResult.none(
                    NAME, feature, n, m, Verdict.NOT_COMPARABLE, "the window has other bins than the reference");
        }
        if (Math.min(n, m) < fewestRows) {
            return TwoSampleResult.none(NAME, feature, n, m, Verdict.TOO_FEW_ROWS, tooFew(n, m, fewestRows));
        }
        return compare(feature, p, q);
    }

    private TwoSampleResult compare(String feature, NumericProfile reference, NumericProfile window) {
        double[] p = withNulls(reference);
        double[] q = withNulls(window);
        int used = 0;
        for (int i = 0; i < p.length; i++) {
            used += p[i] + q[i] > 0 ? 1 : 0;
        }
        long n = reference.rows();
        long m = window.rows();
        double index = 0;
        for (int i = 0; i < p.length; i++) {
            if (p[i] + q[i] > 0) {
                double share = (p[i] + 0.5) / (n + 0.5 * used);
                double other = (q[i] + 0.5) / (m + 0.5 * used);
                index += (share - other) * Math.log(share / other);
            }
        }
        double scale = 1.0 / n + 1.0 / m;
        int freedom = Math.max(1, used - 1);
        double threshold = Math.max(practical, Tails.chiSquareCritical(freedom) * scale);
        boolean different = index > threshold;
        String reason = String.format(
                Locale.ROOT, "PSI %.3f %s %.3f over %d bins", index, different ? ">" : "<=", threshold, used);
        return new TwoSampleResult(
                NAME,
                feature,
                index,
                index,
                Tails.chiSquareP(index / scale, freedom),
                threshold,
                n,
                m,
                different ? Verdict.DIFFERENT : Verdict.SAME,
                reason);
    }

    private static double[] withNulls(NumericProfile profile) {
        long[] counts = profile.counts();
        double[] all = new double[counts.length + 1];
        for (int i = 0; i < counts.length; i++) {
            all[i] = counts[i];
        }
        all[counts.length] = profile.nulls();
        return all;
    }

    static String tooFew(long n, long m, long fewest) {
        return "too few rows to say: reference " + n + ", window " + m + ", at least " + fewest + " are needed";
    }
}
