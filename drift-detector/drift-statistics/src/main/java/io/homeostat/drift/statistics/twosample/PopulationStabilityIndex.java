package io.homeostat.drift.statistics.twosample;

import io.homeostat.drift.statistics.profile.FeatureProfile;
import io.homeostat.drift.statistics.profile.NumericProfile;

/**
 * Population stability index over the reference's quantile bins.
 *
 * <p>Idea: PSI = Σ (p − q) ln(p / q) over the bins, under, over and missing included, each count raised by ½ so that an
 * empty bin is no infinity. Bins with fewer than five expected rows are pooled.
 *
 * <p>Decision: PSI &gt; max(practical, what of it is significant by X²). Without drift PSI / (1/n + 1/m) is about χ² with B −
 * 1 degrees of freedom, as X² is, so the common fixed .1 would be passed by a third of all windows of 200 rows.
 *
 * <p>Parameters: practical (share-free, default .1: moderate; .25 is large), fewest rows on either side (default 200).
 *
 * <p>Example: 10,000 rows of N(0,1) against 10,000 of N(.5,1): PSI is about .24.
 *
 * <p>Reference: Yurdakul, Naranjo: Statistical properties of the population stability index, 2020.
 */
public final class PopulationStabilityIndex extends CellTest {
    /** The name in signals. */
    public static final String NAME = "psi";

    /**
     * A test.
     *
     * @param practical the smallest index that matters, above 0
     * @param fewestRows below this many rows there is no verdict, at least 1
     */
    public PopulationStabilityIndex(double practical, long fewestRows) {
        super(NAME, practical, fewestRows);
    }

    /** The default: .1 and 200 rows. */
    public PopulationStabilityIndex() {
        this(0.1, 200);
    }

    @Override
    public boolean appliesTo(FeatureProfile profile) {
        return profile instanceof NumericProfile;
    }

    @Override
    String title() {
        return "PSI";
    }

    @Override
    double index(Cells cells) {
        double half = 0.5 * cells.size();
        double index = 0;
        for (int i = 0; i < cells.size(); i++) {
            double share = (cells.reference(i) + 0.5) / (cells.n() + half);
            double other = (cells.window(i) + 0.5) / (cells.m() + half);
            index += (share - other) * Math.log(share / other);
        }
        return index;
    }

    @Override
    double scaled(double index, double ratio) {
        return index * ratio;
    }
}
