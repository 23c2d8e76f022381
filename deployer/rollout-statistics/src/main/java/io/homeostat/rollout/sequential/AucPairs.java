package io.homeostat.rollout.sequential;

import io.homeostat.rollout.routing.RecentUnits;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Compares two rankings by the area under the ROC curve, pair by pair.
 *
 * <p>Idea: the area is the chance that a random positive row is scored above a random negative one. Each positive row is
 * put together with one negative row that no other has been put together with; the candidate's gain on the pair is
 * whether it ranks the two rightly, less whether the champion does (a tie counts one half). Disjoint pairs of independent
 * rows are independent, so their gains go to {@link PairedBetting} like those of single rows; their mean is the difference
 * of the areas.
 *
 * <p>Parameters: up to {@value #MOST} rows of the class that is in excess wait; then the oldest is dropped. A pair needs a
 * row of each class, so evidence comes at the pace of the rarer class. Of each unit (of the latest 4,096) one row counts.
 *
 * <p>Example: with areas of .90 and .85 on 10 % positive rows, 1,000 labels give 100 gains of mean .05.
 *
 * <p>Reference: J. Hanley and B. McNeil, The meaning and use of the area under a ROC curve (1982).
 *
 * @param waiting rows of one class, oldest first
 * @param units whose row has been taken
 */
public record AucPairs(List<Row> waiting, RecentUnits units) {
    /** How many rows wait at most. */
    public static final int MOST = 256;

    /**
     * A labelled row.
     *
     * @param positive its class
     * @param candidate the candidate's score
     * @param stable the champion's score
     */
    public record Row(boolean positive, double candidate, double stable) {
        public Row {
            if (Double.isNaN(candidate) || Double.isNaN(stable)) {
                throw new IllegalArgumentException("score: NaN ranks nothing. Leave rows without a score out.");
            }
        }
    }

    /**
     * What a row did.
     *
     * @param next the state from now on
     * @param gain the candidate's gain on the pair that it completed, -1 to 1; empty if it waits
     */
    public record Paired(AucPairs next, OptionalDouble gain) {}

    public AucPairs {
        if (waiting.size() > MOST) {
            throw new IllegalArgumentException("waiting: " + waiting.size() + " rows are above " + MOST + ".");
        }
        waiting = List.copyOf(waiting);
    }

    /** Before the first row. */
    public static AucPairs start() {
        return new AucPairs(List.of(), RecentUnits.none());
    }

    /** One labelled row of a unit. */
    public Paired observe(String unitId, Row row) {
        if (units.contains(unitId)) {
            return new Paired(this, OptionalDouble.empty());
        }
        RecentUnits taken = units.plus(unitId);
        if (waiting.isEmpty() || waiting.get(0).positive() == row.positive()) {
            List<Row> next = new ArrayList<>(waiting.subList(waiting.size() == MOST ? 1 : 0, waiting.size()));
            next.add(row);
            return new Paired(new AucPairs(next, taken), OptionalDouble.empty());
        }
        AucPairs rest = new AucPairs(waiting.subList(1, waiting.size()), taken);
        return new Paired(rest, OptionalDouble.of(gain(row, waiting.get(0))));
    }

    private static double gain(Row row, Row other) {
        Row positive = row.positive() ? row : other;
        Row negative = row.positive() ? other : row;
        return ranked(positive.candidate(), negative.candidate()) - ranked(positive.stable(), negative.stable());
    }

    private static double ranked(double positive, double negative) {
        return (1 + Integer.signum(Double.compare(positive, negative))) / 2.0;
    }
}
