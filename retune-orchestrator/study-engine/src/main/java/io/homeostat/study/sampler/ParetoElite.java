package io.homeostat.study.sampler;

import io.homeostat.study.pareto.Hypervolume;
import io.homeostat.study.pareto.NonDominated;
import io.homeostat.study.trial.Derivation;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.History;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The trials that may be among the good ones of a study with several objectives: complete ones, the feasible ones front
 * by front and then the infeasible ones by how much they violate. When there are more than {@value #MOST}, half of them is
 * forgotten.
 */
final class ParetoElite {
    private static final int MOST = 1000;

    /** Brings it up to date: O(1) per trial, and a sort of all every {@code MOST / 2} trials. */
    static final Derivation<ParetoElite> OF_ALL = ParetoElite::derive;

    private final int[] members; // places in the history
    private final int complete;

    private ParetoElite(int[] members, int complete) {
        this.members = members;
        this.complete = complete;
    }

    private static ParetoElite derive(History history, @Nullable ParetoElite before, int known) {
        int[] members = before == null ? new int[0] : before.members;
        int complete = before == null ? 0 : before.complete;
        for (int i = known; i < history.size(); i++) {
            if (history.get(i).complete()) {
                complete++;
                members = Arrays.copyOf(members, members.length + 1);
                members[members.length - 1] = i;
                if (members.length > MOST) {
                    members = best(history, members, MOST / 2, LastFront.LONELIEST);
                }
            }
        }
        return new ParetoElite(members, complete);
    }

    /** The trials that came to their end, all of them. */
    int complete() {
        return complete;
    }

    /** Their places in the history. */
    int[] members() {
        return members.clone();
    }

    /** Those in which a parameter was there. */
    int[] there(History history, int parameter) {
        return Arrays.stream(members)
                .filter(trial -> !Double.isNaN(history.unit(trial, parameter)))
                .toArray();
    }

    /** The objectives of trials, less being better. */
    static double[][] minimized(History history, int[] trials) {
        double[][] points = new double[trials.length][history.goals().size()];
        for (int i = 0; i < points.length; i++) {
            FinishedTrial trial = history.get(trials[i]);
            for (int k = 0; k < points[i].length; k++) {
                points[i][k] = history.goals().get(k).minimized(trial.value(k));
            }
        }
        return points;
    }

    /** The best of these trials: whole fronts, some of the last one; then infeasible ones. */
    static int[] best(History history, int[] trials, int count, LastFront last) {
        int[] ordered = Arrays.stream(trials)
                .boxed()
                .sorted(Comparator.comparingInt(trial -> history.get(trial).number()))
                .mapToInt(i -> i)
                .toArray();
        int[] feasible = Arrays.stream(ordered)
                .filter(trial -> history.get(trial).feasible())
                .toArray();
        IntStream infeasible = Arrays.stream(ordered)
                .filter(trial -> !history.get(trial).feasible())
                .boxed()
                .sorted(Comparator.comparingDouble(trial -> history.get(trial).violation()))
                .mapToInt(i -> i);
        return IntStream.concat(Arrays.stream(byFronts(history, feasible, count, last)), infeasible)
                .limit(count)
                .toArray();
    }

    private static int[] byFronts(History history, int[] trials, int count, LastFront last) {
        double[][] points = minimized(history, trials);
        int[] best = new int[Math.min(count, trials.length)];
        int found = 0;
        for (int[] front : NonDominated.fronts(points)) {
            int left = best.length - found;
            int[] some = front;
            if (front.length > left && left > 0) {
                int[] chosen = last.some(minimized(history, Arrays.copyOf(best, found)), of(points, front), left);
                some = Arrays.stream(chosen).map(i -> front[i]).toArray();
            }
            for (int i = 0; i < some.length && left > 0; i++) {
                best[found++] = trials[some[i]];
            }
        }
        return best;
    }

    private static double[][] of(double[][] points, int[] indexes) {
        return Arrays.stream(indexes).mapToObj(i -> points[i]).toArray(double[][]::new);
    }

    /** What each of these trials alone dominates, as a share of the largest; at least a thousandth. */
    static double[] weights(History history, int[] trials) {
        double[] weights = new double[trials.length];
        Arrays.fill(weights, 1);
        if (history.goals().size() > LastFront.OBJECTIVES_OF_EXACT_VOLUMES || trials.length == 0) {
            return weights;
        }
        double[][] points = minimized(history, trials);
        double[] alone = Hypervolume.contributions(points, Hypervolume.referenceFor(points));
        double largest = Arrays.stream(alone).max().orElseThrow();
        for (int i = 0; i < weights.length && largest > 0; i++) {
            weights[i] = history.get(trials[i]).feasible() ? Math.max(0.001, alone[i] / largest) : 0.001;
        }
        return weights;
    }
}
