package io.homeostat.study.sampler;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.FinishedTrial.Outcome;
import io.homeostat.study.trial.History;
import io.homeostat.study.trial.Ranking;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * What a regression learns from: some finished trials by number, each with its place and a value to be minimised.
 *
 * <p>A pruned trial counts with its last value, or with the median of the complete ones if that is worse, for it was
 * stopped because it was no good; a failed one with the worst of all.
 *
 * @param trials places in the history
 * @param places places in the unit cube, one after the other
 * @param values to be minimised, finite
 */
@SuppressWarnings("ArrayRecordComponent") // lives within one suggestion and is never compared
public record RegressionData(int[] trials, double[] places, double[] values) {

    /** How many trials. */
    public int size() {
        return trials.length;
    }

    /**
     * What some trials teach of the first objective.
     *
     * @param trials places in the history
     */
    public static RegressionData of(History history, UnitCube cube, int[] trials) {
        return of(history, cube, trials, 0);
    }

    static RegressionData of(History history, UnitCube cube, int[] trials, int objective) {
        return new RegressionData(trials, places(history, cube, trials), values(history, trials, objective));
    }

    private static double[] places(History history, UnitCube cube, int[] trials) {
        int d = cube.count();
        double[] places = new double[trials.length * d];
        for (int i = 0; i < trials.length; i++) {
            System.arraycopy(cube.place(history, trials[i]), 0, places, i * d, d);
        }
        return places;
    }

    private static double[] values(History history, int[] trials, int objective) {
        Goal goal = history.goals().get(objective);
        double[] complete = Arrays.stream(trials)
                .mapToObj(history::get)
                .filter(FinishedTrial::complete)
                .mapToDouble(trial -> goal.minimized(trial.value(objective)))
                .sorted()
                .toArray();
        double median = complete.length == 0 ? Double.NEGATIVE_INFINITY : complete[complete.length / 2];
        double[] values = new double[trials.length];
        double worst = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < trials.length; i++) {
            FinishedTrial trial = history.get(trials[i]);
            double value = goal.minimized(trial.value(objective));
            values[i] = trial.outcome() == Outcome.PRUNED ? Math.max(median, value) : value;
            worst = trial.failed() ? worst : Math.max(worst, values[i]);
        }
        for (int i = 0; i < trials.length; i++) {
            values[i] = history.get(trials[i]).failed() ? worst : values[i];
        }
        return values;
    }

    /**
     * A constraint of those trials that have it, kept where the value is at most 0: asinh of the constraint in units of its
     * usual size.
     *
     * @param constraint its place; −1 for whichever is broken most
     */
    static RegressionData ofConstraint(History history, UnitCube cube, int[] trials, int constraint) {
        int[] having = Arrays.stream(trials)
                .filter(i -> history.get(i).constraints().length > Math.max(0, constraint))
                .toArray();
        double[][] all = Arrays.stream(having)
                .mapToObj(i -> history.get(i).constraints())
                .toArray(double[][]::new);
        int from = Math.max(0, constraint);
        int to = constraint < 0
                ? Arrays.stream(all).mapToInt(c -> c.length).min().orElse(0)
                : constraint + 1;
        double[] values = new double[having.length];
        Arrays.fill(values, Double.NEGATIVE_INFINITY);
        for (int k = from; k < to && having.length > 0; k++) {
            int which = k;
            double[] sizes = Arrays.stream(all)
                    .mapToDouble(c -> Math.abs(c[which]))
                    .sorted()
                    .toArray();
            double usual =
                    sizes[sizes.length / 2] > 0 ? sizes[sizes.length / 2] : Math.max(sizes[sizes.length - 1], 1e-300);
            for (int i = 0; i < having.length; i++) {
                values[i] = Math.max(values[i], asinh(all[i][k] / usual));
            }
        }
        return new RegressionData(having, places(history, cube, having), values);
    }

    private static double asinh(double x) {
        double size = Math.min(1e150, Math.abs(x));
        return Math.copySign(Math.log(size + Math.sqrt(size * size + 1)), x);
    }

    /** All trials by number, or, of more than {@code most}, the better half of so many and the newest others. */
    static int[] chosen(History history, int most) {
        if (history.size() <= most) {
            return byNumber(history, IntStream.range(0, history.size()));
        }
        boolean[] taken = new boolean[history.size()];
        int[] good = best(history, most / 2);
        for (int trial : good) {
            taken[trial] = true;
        }
        int[] newest = byNumber(history, IntStream.range(0, history.size()));
        for (int i = newest.length - 1, left = most - good.length; i >= 0 && left > 0; i--) {
            left -= taken[newest[i]] ? 0 : 1;
            taken[newest[i]] = true;
        }
        return byNumber(history, IntStream.range(0, history.size()).filter(i -> taken[i]));
    }

    /** The best trials, by the objective or front by front. */
    static int[] best(History history, int count) {
        if (history.goals().size() > 1) {
            int[] members = history.derive(new Skyband.Of(count)).members();
            return Fronts.best(history, members, count, LastFront.LARGEST_VOLUME);
        }
        Ranking ranking = history.ranking();
        return IntStream.range(0, Math.min(count, ranking.size()))
                .map(ranking::get)
                .toArray();
    }

    static int[] byNumber(History history, IntStream trials) {
        return trials.boxed()
                .sorted(Comparator.comparingInt(i -> history.get(i).number()))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
