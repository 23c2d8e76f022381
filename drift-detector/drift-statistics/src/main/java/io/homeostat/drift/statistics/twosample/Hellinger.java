package io.homeostat.drift.statistics.twosample;

/**
 * The Hellinger distance of the shares of bins or categories.
 *
 * <p>Idea: H = √(½ Σ (√p − √q)²), between 0 (equal) and 1 (nothing in common).
 *
 * <p>Decision: H &gt; max(gate, what of it is significant by X²). Without drift 8 H² / (1/n + 1/m) is about χ² with k − 1
 * degrees of freedom (the statistic of Freeman and Tukey), as X² is.
 *
 * <p>Parameters: gate (0–1, default .1), fewest rows on either side (default 200).
 *
 * <p>Example: half a, half b before and .6 / .4 now: H is .071.
 *
 * <p>Reference: Read, Cressie: Goodness-of-fit statistics for discrete multivariate data, 1988.
 */
public final class Hellinger extends CellTest {
    /** The name in signals. */
    public static final String NAME = "hellinger";

    /**
     * A test.
     *
     * @param gate the smallest distance that matters, above 0
     * @param fewestRows below this many rows there is no verdict, at least 1
     */
    public Hellinger(double gate, long fewestRows) {
        super(NAME, gate, fewestRows);
    }

    /** The default: .1 and 200 rows. */
    public Hellinger() {
        this(0.1, 200);
    }

    @Override
    String title() {
        return "Hellinger distance";
    }

    @Override
    double index(Cells cells) {
        double sum = 0;
        for (int i = 0; i < cells.size(); i++) {
            double gap = Math.sqrt(cells.p(i)) - Math.sqrt(cells.q(i));
            sum += gap * gap;
        }
        return Math.sqrt(sum / 2);
    }
}
