package io.homeostat.study.trial;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.trial.FinishedTrial.Outcome;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The trials with a value from the best to the worst by the first objective: complete feasible ones by value; then pruned
 * feasible ones, those that got further first, then by value; then infeasible ones, the least violation first. The
 * earlier number goes first among equals.
 */
public final class Ranking {
    /** Brings the ranking up to date: O(n + k·log k) for k new trials. */
    public static final Derivation<Ranking> FIRST_OBJECTIVE = Ranking::derive;

    private final int[] order;
    private final int bestComplete;

    private Ranking(int[] order, int bestComplete) {
        this.order = order;
        this.bestComplete = bestComplete;
    }

    private static Ranking derive(History history, @Nullable Ranking before, int known) {
        Comparator<Integer> byRank = byRank(history);
        Integer[] added = new Integer[history.size() - known];
        int count = 0;
        for (int i = known; i < history.size(); i++) {
            if (!history.get(i).failed()) {
                added[count++] = i;
            }
        }
        Arrays.sort(added, 0, count, byRank);
        int[] old = before == null ? new int[0] : before.order;
        return of(history, merged(old, added, count, byRank));
    }

    private static Ranking of(History history, int[] order) {
        boolean any = order.length > 0
                && history.get(order[0]).complete()
                && history.get(order[0]).feasible();
        return new Ranking(order, any ? order[0] : -1);
    }

    private static int[] merged(int[] old, Integer[] added, int count, Comparator<Integer> byRank) {
        int[] order = new int[old.length + count];
        int from = 0;
        for (int k = 0; k < count; k++) {
            int to = place(old, from, added[k], byRank);
            System.arraycopy(old, from, order, from + k, to - from);
            order[to + k] = added[k];
            from = to;
        }
        System.arraycopy(old, from, order, from + count, old.length - from);
        return order;
    }

    private static int place(int[] old, int from, int trial, Comparator<Integer> byRank) {
        int low = from;
        int high = old.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (byRank.compare(old[middle], trial) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static Comparator<Integer> byRank(History history) {
        Comparator<FinishedTrial> worth = worth(history.goals().get(0));
        return (a, b) -> {
            FinishedTrial one = history.get(a);
            FinishedTrial other = history.get(b);
            int order = worth.compare(one, other);
            return order != 0 ? order : Integer.compare(one.number(), other.number());
        };
    }

    /** The order of trials with a value, best first, in which the number does not count. */
    public static Comparator<FinishedTrial> worth(Goal goal) {
        return (one, other) -> {
            int order = Double.compare(one.violation(), other.violation());
            if (order == 0) {
                order = Long.compare(progress(other), progress(one));
            }
            return order != 0 ? order : Double.compare(goal.minimized(one.value()), goal.minimized(other.value()));
        };
    }

    private static long progress(FinishedTrial trial) {
        return trial.outcome() == Outcome.PRUNED ? trial.step() : Long.MAX_VALUE;
    }

    /** How many trials have a value. */
    public int size() {
        return order.length;
    }

    /**
     * The trial at a rank.
     *
     * @param rank from 0, the best
     * @return its place in the history
     */
    public int get(int rank) {
        return order[rank];
    }

    /** The place in the history of the best complete feasible trial; -1 if there is none. */
    public int best() {
        return bestComplete;
    }
}
