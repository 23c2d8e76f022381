package io.homeostat.drift.statistics.twosample;

/**
 * The Jensen–Shannon distance of the shares of bins or categories.
 *
 * <p>Idea: d = √JSD, JSD = ½ Σ p log₂(p / h) + ½ Σ q log₂(q / h), h = (p + q) / 2. The logarithm is of base 2, so d is
 * between 0 (equal) and 1 (nothing in common); with natural logarithms it would be .83 of that.
 *
 * <p>Decision: d &gt; max(gate, what of it is significant by X²). For small differences JSD in nats is ⅛ Σ (p − q)² / h, so
 * that without drift 8 ln 2 · d² / (1/n + 1/m) is about χ² with k − 1 degrees of freedom, as X² is.
 *
 * <p>Parameters: gate (0–1, default .1), fewest rows on either side (default 200).
 *
 * <p>Example: half a, half b before and .6 / .4 now: d is .085.
 *
 * <p>Reference: Menéndez, Pardo, Pardo, Pardo: The Jensen–Shannon divergence, 1997.
 */
public final class JensenShannon extends CellTest {
    /** The name in signals. */
    public static final String NAME = "jensen-shannon";

    private static final double LN2 = Math.log(2);

    /**
     * A test.
     *
     * @param gate the smallest distance that matters, above 0
     * @param fewestRows below this many rows there is no verdict, at least 1
     */
    public JensenShannon(double gate, long fewestRows) {
        super(NAME, gate, fewestRows);
    }

    /** The default: .1 and 200 rows. */
    public JensenShannon() {
        this(0.1, 200);
    }

    @Override
    String title() {
        return "Jensen–Shannon distance";
    }

    @Override
    double index(Cells cells) {
        double nats = 0;
        for (int i = 0; i < cells.size(); i++) {
            double middle = (cells.p(i) + cells.q(i)) / 2;
            nats += (term(cells.p(i), middle) + term(cells.q(i), middle)) / 2;
        }
        return Math.sqrt(Math.max(0, nats) / LN2);
    }

    private static double term(double share, double middle) {
        return share == 0 ? 0 : share * Math.log(share / middle);
    }
}
