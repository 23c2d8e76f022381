package io.homeostat.drift.statistics.twosample;

/**
 * The total variation distance of the shares of bins or categories: how large a share of rows would have to change
 * place.
 *
 * <p>Idea: TV = ½ Σ |p − q|, between 0 (equal) and 1 (nothing in common).
 *
 * <p>Decision: TV &gt; max(gate, what of it is significant by X²). By the inequality of Cauchy and Schwarz 4 TV² / (1/n + 1/m)
 * is at most X², and equal for two cells.
 *
 * <p>Parameters: gate (0–1, default .1), fewest rows on either side (default 200).
 *
 * <p>Example: half a, half b before and .6 / .4 now: TV is .1.
 */
public final class TotalVariation extends CellTest {
    /** The name in signals. */
    public static final String NAME = "total-variation";

    /**
     * A test.
     *
     * @param gate the smallest distance that matters, above 0
     * @param fewestRows below this many rows there is no verdict, at least 1
     */
    public TotalVariation(double gate, long fewestRows) {
        super(NAME, gate, fewestRows);
    }

    /** The default: .1 and 200 rows. */
    public TotalVariation() {
        this(0.1, 200);
    }

    @Override
    String title() {
        return "total variation";
    }

    @Override
    double index(Cells cells) {
        double sum = 0;
        for (int i = 0; i < cells.size(); i++) {
            sum += Math.abs(cells.p(i) - cells.q(i));
        }
        return sum / 2;
    }
}
