package io.homeostat.study.trial;

import io.homeostat.study.objective.Goal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The complete, feasible trials that no other one beats: none is at least as good in every objective and better in one.
 * Of several with the same values the first one to end stands for all. With one objective it is the best trial.
 *
 * @param members their places in the history, in its order
 * @param lastImprovement the place of the newest trial that beat or extended the front when it ended; -1 if there is none
 */
public record ParetoFront(List<Integer> members, int lastImprovement) {
    /** Brings the front up to date: O(front) per new trial. */
    public static final Derivation<ParetoFront> OF_ALL = ParetoFront::derive;

    public ParetoFront {
        members = List.copyOf(members);
    }

    private static ParetoFront derive(History history, @Nullable ParetoFront before, int known) {
        List<Integer> members = new ArrayList<>(before == null ? List.of() : before.members);
        int last = before == null ? -1 : before.lastImprovement;
        for (int i = known; i < history.size(); i++) {
            FinishedTrial trial = history.get(i);
            if (trial.complete() && trial.feasible()) {
                last = added(history, members, i) ? i : last;
            }
        }
        return new ParetoFront(members, last);
    }

    private static boolean added(History history, List<Integer> members, int index) {
        double[] values = history.get(index).values();
        for (int member : members) {
            double[] others = history.get(member).values();
            if (Arrays.equals(others, values) || dominates(history.goals(), others, values)) {
                return false;
            }
        }
        members.removeIf(
                member -> dominates(history.goals(), values, history.get(member).values()));
        members.add(index);
        return true;
    }

    /** Whether {@code a} is at least as good as {@code b} in every objective, and better in one. */
    public static boolean dominates(List<Goal> goals, double[] a, double[] b) {
        boolean better = false;
        for (int k = 0; k < goals.size(); k++) {
            if (goals.get(k).better(b[k], a[k])) {
                return false;
            }
            better |= goals.get(k).better(a[k], b[k]);
        }
        return better;
    }
}
