package io.homeostat.drift.statistics.joint;

import io.homeostat.drift.statistics.profile.RowSample;
import io.homeostat.drift.statistics.twosample.TwoSampleResult;
import io.homeostat.drift.statistics.twosample.Verdict;

/** What all joint tests do the same way: standardise by the reference, ask for rows, decide. */
abstract class GatedJointTest implements JointDriftTest {
    private static final double ALPHA = 0.001;

    private final String name;
    private final double gate;
    private final int fewestRows;

    GatedJointTest(String name, double gate, int fewestRows) {
        if (!(gate > 0 && gate < 1) || fewestRows < 20) {
            throw new IllegalArgumentException(
                    name + ": gate " + gate + " must be in 0..1 and fewest rows " + fewestRows + " at least 20.");
        }
        this.name = name;
        this.gate = gate;
        this.fewestRows = fewestRows;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final double effectGate() {
        return gate;
    }

    @Override
    public final TwoSampleResult test(RowSample reference, RowSample window) {
        int n = reference.size();
        int m = window.size();
        if (!reference.schema().equals(window.schema())) {
            return none(n, m, Verdict.NOT_COMPARABLE, "the window has other features than the reference");
        }
        if (Math.min(n, m) < fewestRows) {
            return TwoSampleResult.tooFewRows(name, FEATURE, n, m, fewestRows);
        }
        Standardisation standardisation = Standardisation.learn(reference, window);
        if (standardisation.dimensions() == 0) {
            return none(n, m, Verdict.NOT_COMPARABLE, "no column is left: all are constant or only rise");
        }
        Finding f = compare(standardisation.apply(reference), standardisation.apply(window));
        boolean different = f.pValue < ALPHA && f.effect >= gate;
        Verdict verdict = different ? Verdict.DIFFERENT : Verdict.SAME;
        return new TwoSampleResult(
                name, FEATURE, f.statistic, f.effect, f.pValue, f.threshold, n, m, verdict, f.reason);
    }

    /** Compares two matrices of standardised rows. */
    abstract Finding compare(double[][] reference, double[][] window);

    /** The level of a single test. */
    static double alpha() {
        return ALPHA;
    }

    private TwoSampleResult none(int n, int m, Verdict verdict, String reason) {
        return new TwoSampleResult(name, FEATURE, 0, 0, 1, 0, n, m, verdict, reason);
    }

    /** What a test measured; the statistic is above the threshold when the p-value is below .001. */
    record Finding(double statistic, double threshold, double effect, double pValue, String reason) {}
}
