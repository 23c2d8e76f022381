package io.homeostat.drift.statistics.season;

/**
 * How many rows a slot needs to be believed half: an hour of week against its hour of day, and that against the whole.
 *
 * <p>Idea: what is expected in a slot of n rows is Z × its own shares + (1 − Z) × those of the level above, with
 * Z = n / (n + k) and k = s² / a. For one share F, s² = F (1 − F) is the variance of a row within a slot, and a that of
 * the slots' true shares around the level above; both are estimated from the counts. A feature without a weekly pattern
 * has a near 0 and k large: its hours of week borrow all from the hours of day.
 *
 * <p>F is taken at every cut of an ordered feature (the share of values up to it), for every category, and for missing
 * values; the smallest k counts. Taken cell by cell instead, a shift of .6 σ at weekends, a little in each of 30 cells,
 * would look like noise, and k would be 280 instead of 14. Shares below .05 or above .95 say too little.
 *
 * <p>Example: 100 rows in a slot and k = 50: two thirds are the slot's own shares.
 *
 * <p>Reference: Bühlmann, Straub: Glaubwürdigkeit für Schadensätze, 1970.
 *
 * @param weekRows k of the hours of week, infinite if they do not differ within an hour of day
 * @param dayRows k of the hours of day, infinite if they do not differ
 */
record Credibility(double weekRows, double dayRows) {
    private static final double SMALLEST = 1e-9; // a slot that is always the same needs one row
    private static final double RARE = 0.05;
    private static final double ENOUGH = 0.8;

    /** Slots that have rows borrow nothing. */
    static final Credibility OWN = new Credibility(SMALLEST, SMALLEST);

    static Credibility of(SlotCounts counts, boolean ordered, Level level) {
        double week = Double.POSITIVE_INFINITY;
        double day = Double.POSITIVE_INFINITY;
        double[] hits = new double[WeekClock.WEEK];
        for (int cell = 0; cell < counts.cells(); cell++) {
            boolean cumulated = ordered && cell < counts.cells() - 1;
            for (int slot = 0; slot < WeekClock.WEEK; slot++) {
                hits[slot] = (cumulated ? hits[slot] : 0) + counts.rows(slot, cell);
            }
            if (isTelling(counts, hits)) {
                week = Math.min(week, weekRows(counts, hits));
                day = Math.min(day, dayRows(counts, hits));
            }
        }
        return new Credibility(
                level == Level.HOUR_OF_WEEK ? week : Double.POSITIVE_INFINITY,
                level == Level.GLOBAL ? Double.POSITIVE_INFINITY : day);
    }

    /**
     * Z of n rows; 1 where it is above .8: hardly anything is gained by borrowing a fifth, but categories that a slot
     * never has would be expected there.
     */
    static double weight(double rows, double k) {
        double weight = Double.isInfinite(k) || rows == 0 ? 0 : rows / (rows + k);
        return weight > ENOUGH ? 1 : weight;
    }

    private static boolean isTelling(SlotCounts counts, double[] hits) {
        double hit = 0;
        double all = 0;
        for (int slot = 0; slot < WeekClock.WEEK; slot++) {
            hit += hits[slot];
            all += counts.rows(slot);
        }
        return hit > RARE * all && hit < (1 - RARE) * all;
    }

    private static double weekRows(SlotCounts counts, double[] hits) {
        Spread spread = new Spread();
        for (int hour = 0; hour < WeekClock.DAY; hour++) {
            spread.begin();
            for (int slot = hour; slot < WeekClock.WEEK; slot += WeekClock.DAY) {
                spread.group(hits[slot], counts.rows(slot));
            }
            spread.end();
        }
        return spread.rows();
    }

    private static double dayRows(SlotCounts counts, double[] hits) {
        Spread spread = new Spread();
        spread.begin();
        for (int hour = 0; hour < WeekClock.DAY; hour++) {
            double hit = 0;
            double rows = 0;
            for (int slot = hour; slot < WeekClock.WEEK; slot += WeekClock.DAY) {
                hit += hits[slot];
                rows += counts.rows(slot);
            }
            spread.group(hit, rows);
        }
        spread.end();
        return spread.rows();
    }

    /* Sums for s² and a over families of groups, each family around its own share. */
    private static final class Spread {
        private double within;
        private double withinFreedom;
        private double between;
        private double betweenFreedom;
        private double betweenRows;
        private double familyHits;
        private double familyRows;
        private double rowsSquared;
        private double sharesSquared;
        private int groups;

        void begin() {
            familyHits = 0;
            familyRows = 0;
            rowsSquared = 0;
            sharesSquared = 0;
            groups = 0;
        }

        void group(double hits, double rows) {
            if (rows > 0) {
                familyHits += hits;
                familyRows += rows;
                rowsSquared += rows * rows;
                sharesSquared += hits * hits / rows;
                within += hits * (1 - hits / rows);
                withinFreedom += rows - 1;
                groups++;
            }
        }

        void end() {
            if (groups > 0) {
                between += sharesSquared - familyHits * familyHits / familyRows;
                betweenFreedom += groups - 1;
                betweenRows += familyRows - rowsSquared / familyRows;
            }
        }

        double rows() {
            double variance = withinFreedom > 0 ? within / withinFreedom : 0;
            double excess = between - betweenFreedom * variance;
            return betweenRows <= 0 || excess <= 0
                    ? Double.POSITIVE_INFINITY
                    : Math.max(SMALLEST, variance * betweenRows / excess);
        }
    }
}
