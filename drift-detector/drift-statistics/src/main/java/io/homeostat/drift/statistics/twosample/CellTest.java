package io.homeostat.drift.statistics.twosample;

import io.homeostat.drift.statistics.profile.CategoricalProfile;
import io.homeostat.drift.statistics.profile.FeatureProfile;
import io.homeostat.drift.statistics.profile.NumericProfile;
import java.util.Locale;

/**
 * A distance between shares of rows: of a numeric feature in the reference's bins, of a categorical one in its
 * categories; missing values are a cell like any other.
 */
abstract class CellTest extends GatedTest {
    CellTest(String name, double gate, long fewestRows) {
        super(name, gate, fewestRows);
    }

    @Override
    public boolean appliesTo(FeatureProfile profile) {
        return true;
    }

    @Override
    final long counted(FeatureProfile profile) {
        return profile.rows();
    }

    @Override
    final String objection(FeatureProfile reference, FeatureProfile window) {
        if (reference instanceof NumericProfile p && window instanceof NumericProfile q) {
            return p.edges().equals(q.edges()) ? "" : "the window has other bins than the reference";
        }
        boolean same = reference instanceof CategoricalProfile && window instanceof CategoricalProfile;
        return same && appliesTo(reference) ? "" : "the feature is not of one kind that this test compares";
    }

    @Override
    final Difference difference(FeatureProfile reference, FeatureProfile window) {
        Cells cells = Cells.ofRows(reference, window);
        double index = index(cells);
        double threshold = Math.max(effectGate(), nullQuantile(cells));
        String reason = String.format(
                Locale.ROOT,
                "%s %.3f %s %.3f over %d cells",
                title(),
                index,
                index > threshold ? ">" : "<=",
                threshold,
                cells.size());
        return new Difference(index, threshold, index, pValue(cells, index), reason);
    }

    private double nullQuantile(Cells cells) {
        return cells.freedom() == 0 ? 0 : fromChiSquare(Tails.chiSquareCritical(cells.freedom()), cells.scale());
    }

    private double pValue(Cells cells, double index) {
        return cells.freedom() == 0 ? 1 : Tails.chiSquareP(toChiSquare(index, cells.scale()), cells.freedom());
    }

    /** The distance's name for people. */
    abstract String title();

    /** The distance of the shares. */
    abstract double index(Cells cells);

    /** Without drift this of the distance is (at most) about χ²; {@code scale} is 1/n + 1/m. */
    abstract double toChiSquare(double index, double scale);

    /** The inverse. */
    abstract double fromChiSquare(double chiSquare, double scale);
}
