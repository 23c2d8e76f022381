package io.homeostat.drift.statistics.season;

/**
 * How many rows a slot needs to be believed half: an hour of week against its hour of day, and that against the whole.
 *
 * <p>Idea: what is expected in a slot of n rows is Z × its own shares + (1 − Z) × those of the level above, with
 * Z = n / (n + k) and k = s² / a. s² is the variance of a row within a slot, a that of the slots' true shares around the
 * level above, both estimated from the counts and summed over the cells. A feature without a weekly pattern has a near 0
 * and k large: its hours of week borrow all from the hours of day.
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

    static Credibility of(SlotCounts counts, Level level) {
        double[][] days = new double[WeekClock.DAY][counts.cells()];
        Spread weeks = new Spread();
        double[][] week = new double[WeekClock.WEEK / WeekClock.DAY][];
        for (int hour = 0; hour < WeekClock.DAY; hour++) {
            for (int day = 0; day < week.length; day++) {
                week[day] = rowsOf(counts, day * WeekClock.DAY + hour);
                for (int cell = 0; cell < counts.cells(); cell++) {
                    days[hour][cell] += week[day][cell];
                }
            }
            weeks.add(week);
        }
        Spread hours = new Spread();
        hours.add(days);
        return new Credibility(
                level == Level.HOUR_OF_WEEK ? weeks.rows() : Double.POSITIVE_INFINITY,
                level == Level.GLOBAL ? Double.POSITIVE_INFINITY : hours.rows());
    }

    /** Z of n rows. */
    static double weight(double rows, double k) {
        return Double.isInfinite(k) || rows == 0 ? 0 : rows / (rows + k);
    }

    private static double[] rowsOf(SlotCounts counts, int slot) {
        double[] rows = new double[counts.cells()];
        for (int cell = 0; cell < rows.length; cell++) {
            rows[cell] = counts.rows(slot, cell);
        }
        return rows;
    }

    /* Sums for s² and a over families of groups, each family around its own mean. */
    private static final class Spread {
        private double within;
        private double withinFreedom;
        private double between;
        private double betweenFreedom;
        private double betweenRows;

        void add(double[][] groups) {
            int cells = groups[0].length;
            double[] family = new double[cells];
            double total = 0;
            for (double[] group : groups) {
                for (int cell = 0; cell < cells; cell++) {
                    family[cell] += group[cell];
                    total += group[cell];
                }
            }
            double rowsSquared = 0;
            int used = 0;
            for (double[] group : groups) {
                double rows = sum(group);
                if (rows == 0) {
                    continue;
                }
                used++;
                rowsSquared += rows * rows;
                double concentration = 0;
                for (int cell = 0; cell < cells; cell++) {
                    double share = group[cell] / rows;
                    double gap = share - family[cell] / total;
                    concentration += share * share;
                    between += rows * gap * gap;
                }
                within += rows * (1 - concentration);
                withinFreedom += rows - 1;
            }
            if (used > 0) {
                betweenFreedom += used - 1;
                betweenRows += total - rowsSquared / total;
            }
        }

        double rows() {
            double variance = withinFreedom > 0 ? within / withinFreedom : 0;
            double excess = between - betweenFreedom * variance;
            if (betweenRows <= 0 || excess <= 0) {
                return Double.POSITIVE_INFINITY;
            }
            return Math.max(SMALLEST, variance * betweenRows / excess);
        }

        private static double sum(double[] values) {
            double sum = 0;
            for (double value : values) {
                sum += value;
            }
            return sum;
        }
    }
}
