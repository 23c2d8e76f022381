package io.homeostat.drift.statistics.twosample;

import io.homeostat.drift.statistics.profile.CategoricalProfile;
import io.homeostat.drift.statistics.profile.FeatureProfile;
import io.homeostat.drift.statistics.profile.NumericProfile;
import java.util.Locale;

/**
 * A distance between shares of rows: of a numeric feature in the reference's bins, of a categorical one in its
 * categories; missing values are a cell like any other.
 *
 * <p>Decision: distance &gt; max(gate, what of this difference would be significant). For small differences all these
 * distances are functions of X², the two-sample χ² statistic. Their own null distributions reach that limit slowly
 * (Hellinger's false positives at level .001 were 15 in 1,000 at 200 rows); so X², or G where that is smaller, decides what
 * is significant: the threshold is the distance that a difference like this one would have at X² = χ²<sub>k−1,.999</sub>.
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
        double chiSquare = cells.cautious();
        double significant = chiSquare <= 0 || cells.freedom() == 0 ? 0 : scaled(index, cells.critical() / chiSquare);
        double threshold = Math.max(effectGate(), significant);
        String reason = String.format(
                Locale.ROOT,
                "%s %.3f %s %.3f over %d cells",
                title(),
                index,
                index > threshold ? ">" : "<=",
                threshold,
                cells.size());
        return new Difference(index, threshold, index, cells.pValue(), reason);
    }

    /** The distance's name for people. */
    abstract String title();

    /** The distance of the shares. */
    abstract double index(Cells cells);

    /** The distance if the differences were such that X² is {@code ratio} times as large. */
    double scaled(double index, double ratio) {
        return index * Math.sqrt(ratio);
    }
}
