package io.homeostat.drift.statistics.season;

/**
 * What a feature is expected to look like over some slots.
 *
 * <p>Idea: each slot's shares are shrunk by {@link Credibility}, then mixed by the slots' weights. Written out, that is
 * one weight per row of each slot, and the rows it is worth follow from the weights:
 *
 * <p>1 / rows = Σ<sub>s</sub> n<sub>s</sub> v<sub>s</sub>² + u<sub>week</sub>² / k<sub>week</sub> +
 * u<sub>day</sub>² / k<sub>day</sub>
 *
 * <p>with v<sub>s</sub> the weight of a row of slot s (Kish's rule for weighted rows) and u what is borrowed from hours of
 * day and from the whole. What is borrowed may be wrong by the slots' variance a = s² / k; slots side by side, such as
 * those of a weekend, are wrong in the same direction, so these errors do not average out.
 *
 * <p>Where the slots' own rows say that this is wrong (χ² at .05), they stand alone: borrowing errs most where categories
 * never occur in the slots, and would err the same way every week.
 *
 * <p>Example: one slot of 100 rows with k = 50 of an hour of day with very many rows: worth 150 rows.
 *
 * @param shares per cell, summing to 1; all 0 if there are no rows
 * @param rows how many independent rows it is worth
 */
public record Mixture(double[] shares, double rows) {
    private static final double ONE_SIDED_95 = 1.645;

    static Mixture of(SlotCounts counts, Credibility credibility, double[] weights) {
        Mixture shrunk = shrunk(counts, credibility, weights);
        if (Double.isInfinite(credibility.weekRows())) {
            return shrunk;
        }
        Mixture own = shrunk(counts, Credibility.OWN, weights);
        return own.contradicts(shrunk) ? own : shrunk;
    }

    private boolean contradicts(Mixture other) {
        double sum = 0;
        double rare = 0;
        double rareOther = 0;
        int used = 0;
        for (int cell = 0; cell < shares.length; cell++) {
            if (rows * other.shares[cell] < 1) {
                rare += shares[cell];
                rareOther += other.shares[cell];
            } else {
                sum += (shares[cell] - other.shares[cell]) * (shares[cell] - other.shares[cell]) / other.shares[cell];
                used++;
            }
        }
        if (rareOther > 0) {
            sum += (rare - rareOther) * (rare - rareOther) / rareOther;
            used++;
        }
        return used > 1 && rows * sum > Replays.chiSquareCritical(used - 1, ONE_SIDED_95);
    }

    private static Mixture shrunk(SlotCounts counts, Credibility credibility, double[] weights) {
        double[] dayRows = new double[WeekClock.DAY];
        double allRows = 0;
        for (int slot = 0; slot < WeekClock.WEEK; slot++) {
            dayRows[slot % WeekClock.DAY] += counts.rows(slot);
            allRows += counts.rows(slot);
        }
        double[] rowWeights = new double[WeekClock.WEEK];
        double[] fromDay = new double[WeekClock.DAY];
        double fromDays = 0;
        for (int slot = 0; slot < WeekClock.WEEK; slot++) {
            double own = Credibility.weight(counts.rows(slot), credibility.weekRows());
            rowWeights[slot] = own == 0 ? 0 : weights[slot] * own / counts.rows(slot);
            fromDay[slot % WeekClock.DAY] += weights[slot] * (1 - own);
            fromDays += weights[slot] * (1 - own);
        }
        double fromAll = 0;
        for (int hour = 0; hour < WeekClock.DAY; hour++) {
            double own = Credibility.weight(dayRows[hour], credibility.dayRows());
            fromAll += fromDay[hour] * (1 - own);
            fromDay[hour] = own == 0 ? 0 : fromDay[hour] * own / dayRows[hour];
        }
        double borrowed = fromDays * fromDays / credibility.weekRows() + fromAll * fromAll / credibility.dayRows();
        return mix(counts, rowWeights, fromDay, allRows == 0 ? 0 : fromAll / allRows, borrowed);
    }

    private static Mixture mix(SlotCounts counts, double[] own, double[] fromDay, double fromAll, double borrowed) {
        double[] shares = new double[counts.cells()];
        double inverse = borrowed;
        for (int slot = 0; slot < WeekClock.WEEK; slot++) {
            double weight = own[slot] + fromDay[slot % WeekClock.DAY] + fromAll;
            if (weight > 0 && counts.rows(slot) > 0) {
                inverse += counts.rows(slot) * weight * weight;
                for (int cell = 0; cell < shares.length; cell++) {
                    shares[cell] += weight * counts.rows(slot, cell);
                }
            }
        }
        return new Mixture(shares, inverse == 0 ? 0 : 1 / inverse);
    }
}
