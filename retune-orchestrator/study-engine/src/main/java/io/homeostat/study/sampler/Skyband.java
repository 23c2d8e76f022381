package io.homeostat.study.sampler;

import io.homeostat.study.trial.Derivation;
import io.homeostat.study.trial.History;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The complete trials that fewer than k others beat. Whoever wants the best k of all trials, front by front, need not look
 * at any other: one that k trials beat comes after those k, and stays there whatever else is tried.
 *
 * <p>A feasible trial beats another one that it dominates, and every infeasible one; among infeasible ones the smaller
 * violation beats (constrained domination).
 *
 * <p>Reference: D. Papadias et al., Progressive Skyline Computation in Database Systems, ACM TODS 30, 2005.
 */
final class Skyband {
    private final int[] members; // places in the history
    private final double[][] rows; // of each: the violation, then the objectives, less being better
    private final int[] beatenBy; // how many trials beat each
    private final int complete;

    private Skyband(int[] members, double[][] rows, int[] beatenBy, int complete) {
        this.members = members;
        this.rows = rows;
        this.beatenBy = beatenBy;
        this.complete = complete;
    }

    /**
     * Brings it up to date: O(members · objectives) per new trial.
     *
     * @param k beaten by so many, a trial is left out
     * @param parameter only trials in which the parameter with this place in the space was there count; -1 for all
     */
    record Of(int k, int parameter) implements Derivation<Skyband> {
        /** Of all trials. */
        Of(int k) {
            this(k, -1);
        }

        @Override
        public Skyband derive(History history, @Nullable Skyband before, int known) {
            Skyband skyband = before == null ? new Skyband(new int[0], new double[0][], new int[0], 0) : before;
            for (int i = known; i < history.size(); i++) {
                boolean there = parameter < 0 || !Double.isNaN(history.unit(i, parameter));
                skyband = there && history.get(i).complete() ? skyband.with(i, row(history, i), k) : skyband;
            }
            return skyband;
        }
    }

    private static double[] row(History history, int trial) {
        double[] row = new double[history.goals().size() + 1];
        row[0] = history.get(trial).violation();
        for (int k = 1; k < row.length; k++) {
            row[k] = history.goals().get(k - 1).minimized(history.get(trial).value(k - 1));
        }
        return row;
    }

    private Skyband with(int added, double[] row, int k) {
        int[] stay = new int[members.length + 1];
        double[][] stayRows = new double[members.length + 1][];
        int[] counts = new int[members.length + 1];
        int size = 0;
        int beaten = 0;
        for (int i = 0; i < members.length; i++) {
            int count = beatenBy[i] + (beats(row, rows[i]) ? 1 : 0);
            beaten += beats(rows[i], row) ? 1 : 0;
            if (count < k) {
                stay[size] = members[i];
                stayRows[size] = rows[i];
                counts[size++] = count;
            }
        }
        if (beaten < k) {
            stay[size] = added;
            stayRows[size] = row;
            counts[size++] = beaten;
        }
        return new Skyband(
                Arrays.copyOf(stay, size), Arrays.copyOf(stayRows, size), Arrays.copyOf(counts, size), complete + 1);
    }

    private static boolean beats(double[] a, double[] b) {
        if (a[0] > 0 || b[0] > 0) {
            return a[0] < b[0];
        }
        boolean better = false;
        for (int k = 1; k < a.length; k++) {
            if (a[k] > b[k]) {
                return false;
            }
            better |= a[k] < b[k];
        }
        return better;
    }

    /** How many trials came to their end, those that were left out included. */
    int complete() {
        return complete;
    }

    /** The trials' places in the history, in no order that means anything. */
    int[] members() {
        return members.clone();
    }
}
