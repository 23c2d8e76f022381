package io.homeostat.study.sampler;

import io.homeostat.study.gp.Hyperparameters;
import io.homeostat.study.gp.MarginalLikelihood;
import io.homeostat.study.gp.Warp;
import io.homeostat.study.trial.Derivation;
import io.homeostat.study.trial.History;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Hyperparameters of an objective or of a constraint, fitted again whenever there are an eighth more trials, for they
 * change little from trial to trial. They follow from the first trials by number, so many that the next fit is not due yet.
 *
 * @param constraint whose: its place, {@link #MOST_BROKEN}, {@link #OBJECTIVE} or, of several, {@link #objective}
 * @param most trials to fit them to: the better half, and others spread over the rest
 */
record FittedKernel(int constraint, int most) implements Derivation<FittedKernel.Fit> {
    static final int MOST_BROKEN = -1;
    /** The first objective; the next ones are below. */
    static final int OBJECTIVE = -2;

    private static final int EVALUATIONS = 25;
    private static final int MOST_TO_FIT = 120;
    private static final int EACH = 16; // trials up to which each one calls for a new fit

    /**
     * A fit.
     *
     * @param trials how many it is based on
     * @param last the largest number among them
     */
    record Fit(Hyperparameters hyperparameters, int trials, int last) {}

    /** The objective with this place. */
    static int objective(int place) {
        return OBJECTIVE - place;
    }

    /** The hyperparameters of an objective or a constraint, by the trials of a history. */
    static Hyperparameters fit(History history, int which) {
        return history.derive(new FittedKernel(which, MOST_TO_FIT)).hyperparameters();
    }

    @Override
    public Fit derive(History history, @Nullable Fit before, int known) {
        int due = due(history.size());
        if (before != null && before.trials == due && unchanged(history, before, known)) {
            return before;
        }
        int[] byNumber = RegressionData.byNumber(history, IntStream.range(0, history.size()));
        int[] first = Arrays.copyOf(byNumber, due);
        UnitCube cube = new UnitCube(history.space());
        RegressionData seen = observations(history, cube, spread(history, cube, first));
        double[] values = constraint <= OBJECTIVE ? warped(seen.values()) : seen.values();
        return new Fit(
                MarginalLikelihood.fit(seen.places(), values, cube.categorical(), EVALUATIONS),
                due,
                history.get(first[due - 1]).number());
    }

    RegressionData observations(History history, UnitCube cube, int[] trials) {
        return constraint <= OBJECTIVE
                ? RegressionData.of(history, cube, trials, OBJECTIVE - constraint)
                : RegressionData.ofConstraint(history, cube, trials, constraint);
    }

    private static double[] warped(double[] values) {
        Warp warp = new Warp(values);
        return Arrays.stream(values).map(warp::apply).toArray();
    }

    private static boolean unchanged(History history, Fit before, int known) {
        return IntStream.range(known, history.size())
                .allMatch(i -> history.get(i).number() > before.last);
    }

    /** The number of trials at which the last fit was due. */
    static int due(int trials) {
        int due = Math.min(trials, EACH);
        while (due + due / 8 <= trials && due >= EACH) {
            due += due / 8;
        }
        return due;
    }

    private int[] spread(History history, UnitCube cube, int[] trials) {
        if (trials.length <= most) {
            return trials;
        }
        double[] values = RegressionData.of(history, cube, trials, Math.max(0, OBJECTIVE - constraint))
                .values();
        int[] byValue = IntStream.range(0, trials.length)
                .boxed()
                .sorted((a, b) -> values[a] == values[b] ? Integer.compare(a, b) : Double.compare(values[a], values[b]))
                .mapToInt(Integer::intValue)
                .toArray();
        int good = most / 2;
        int others = most - good;
        int[] chosen = new int[most];
        for (int i = 0; i < most; i++) {
            int rank = i < good ? i : good + (int) ((long) (i - good) * (trials.length - good) / others);
            chosen[i] = trials[byValue[rank]];
        }
        return RegressionData.byNumber(history, Arrays.stream(chosen));
    }
}
