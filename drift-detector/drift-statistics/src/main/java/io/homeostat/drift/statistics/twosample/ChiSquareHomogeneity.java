package io.homeostat.drift.statistics.twosample;

import io.homeostat.drift.statistics.profile.CategoricalProfile;
import io.homeostat.drift.statistics.profile.FeatureProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * The two-sample χ² test of categories, with Cramér's V as the size of the effect.
 *
 * <p>Idea: X² = Σ (√(m/n) a − √(n/m) b)² / (a + b) over the categories, a of the reference and b of the window.
 * Categories that the reference never had are one cell of their own, "new"; categories with fewer than five expected
 * rows on either side are pooled with the remainder.
 *
 * <p>Decision: X² &gt; χ²<sub>k−1,.999</sub> and V ≥ gate. V is bias-corrected, V² = max(0, X²/N − (k−1)/(N−1)), and
 * divided by 2√(nm)/N: the V of samples of equal size. Without that a window of 500 rows against a reference of 20,000
 * could never reach the gate, whatever happened.
 *
 * <p>Parameters: gate (0–1, default .1), fewest rows with a value on either side (default 200).
 *
 * <p>Example: half a, half b before and .6 / .4 now: V is about .1.
 *
 * <p>Reference: Bergsma: A bias-correction for Cramér's V, 2013.
 *
 * @param gate the smallest V that matters
 * @param fewestRows below this many values there is no verdict
 */
public record ChiSquareHomogeneity(double gate, long fewestRows) implements TwoSampleTest {
    /** The name in signals. */
    public static final String NAME = "chi-square";

    private static final double FEWEST_EXPECTED = 5;

    /** Checks the ranges. */
    public ChiSquareHomogeneity {
        if (!(gate > 0 && gate < 1) || fewestRows < 1) {
            throw new IllegalArgumentException(
                    "chi-square: gate " + gate + " must be in 0..1 and fewest rows " + fewestRows + " above 0.");
        }
    }

    /** The default: .1 and 200 rows. */
    public ChiSquareHomogeneity() {
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
        return profile instanceof CategoricalProfile;
    }

    @Override
    public TwoSampleResult test(String feature, FeatureProfile reference, FeatureProfile window) {
        long n = reference.values();
        long m = window.values();
        if (!(reference instanceof CategoricalProfile p) || !(window instanceof CategoricalProfile q)) {
            return TwoSampleResult.none(NAME, feature, n, m, Verdict.NOT_COMPARABLE, "the feature is not categorical");
        }
        if (Math.min(n, m) < fewestRows) {
            return TwoSampleResult.none(
                    NAME, feature, n, m, Verdict.TOO_FEW_ROWS, PopulationStabilityIndex.tooFew(n, m, fewestRows));
        }
        return compare(feature, n, m, Cells.of(p, q, Math.min(n, m) / (double) (n + m)));
    }

    private TwoSampleResult compare(String feature, long n, long m, Cells cells) {
        int k = cells.pairs.size();
        double statistic = 0;
        for (double[] pair : cells.pairs) {
            double gap = Math.sqrt((double) m / n) * pair[0] - Math.sqrt((double) n / m) * pair[1];
            statistic += gap * gap / (pair[0] + pair[1]);
        }
        double total = n + m;
        double phi = Math.max(0, statistic / total - (k - 1) / (total - 1));
        double effect = Math.min(1, Math.sqrt(phi) * total / (2 * Math.sqrt((double) n * m)));
        int freedom = Math.max(1, k - 1);
        double threshold = Tails.chiSquareCritical(freedom);
        boolean different = k > 1 && statistic > threshold && effect >= gate;
        String reason = String.format(Locale.ROOT, "Cramér's V %.3f over %d categories%s", effect, k, cells.news());
        double pValue = k > 1 ? Tails.chiSquareP(statistic, freedom) : 1;
        Verdict verdict = different ? Verdict.DIFFERENT : Verdict.SAME;
        return new TwoSampleResult(NAME, feature, statistic, effect, pValue, threshold, n, m, verdict, reason);
    }

    /* Pairs of counts (reference, window) after pooling, and what the window has that the reference never had. */
    private record Cells(List<double[]> pairs, List<String> newNames, double newRows) {
        static Cells of(CategoricalProfile p, CategoricalProfile q, double smallerShare) {
            List<double[]> pairs = new ArrayList<>();
            List<String> names = new ArrayList<>();
            double[] rest = {p.other(), q.other()};
            double fresh = 0;
            TreeSet<String> all = new TreeSet<>(p.counts().keySet());
            all.addAll(q.counts().keySet());
            for (String name : all) {
                double before = count(p.counts(), name);
                double now = count(q.counts(), name);
                if (before == 0 && now > 0) {
                    fresh += now;
                    names.add(name);
                } else if ((before + now) * smallerShare >= FEWEST_EXPECTED) {
                    pairs.add(new double[] {before, now});
                } else {
                    rest[0] += before;
                    rest[1] += now;
                }
            }
            if (fresh * smallerShare >= FEWEST_EXPECTED) {
                pairs.add(new double[] {0, fresh});
            } else {
                rest[1] += fresh;
            }
            if (rest[0] + rest[1] > 0) {
                pairs.add(rest);
            }
            return new Cells(pairs, names, fresh);
        }

        private static double count(Map<String, Long> counts, String name) {
            return counts.getOrDefault(name, 0L);
        }

        String news() {
            return newNames.isEmpty()
                    ? ""
                    : String.format(
                            Locale.ROOT,
                            ", %.0f rows of %d new ones such as '%s'",
                            newRows,
                            newNames.size(),
                            newNames.get(0));
        }
    }
}
