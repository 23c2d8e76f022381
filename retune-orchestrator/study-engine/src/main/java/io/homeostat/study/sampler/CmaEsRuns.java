package io.homeostat.study.sampler;

import io.homeostat.study.space.Configuration;
import io.homeostat.study.trial.Derivation;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.History;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Where the runs of CMA-ES stand, replayed from the notes of their trials. Every trial of a run notes its ordinal, counted
 * from 0 over all runs; the first also which earlier trials the run was started from. A generation is the next λ ordinals:
 * it counts when all of them have ended, so it is the same in whatever order they do. Trials asked for while some of a
 * generation are running are drawn from the same distribution and belong to the next.
 *
 * @param seed of the study
 * @param population λ of the first run; 0 for the usual one
 * @param sigma first deviation on the unit interval
 * @param restarts what follows on a run that is over
 * @param good configurations that the first run is started around; may be empty
 */
record CmaEsRuns(long seed, int population, double sigma, Restarts restarts, List<Configuration> good)
        implements Derivation<CmaEsRuns.Progress> {
    /** The note of a trial's ordinal. */
    static final String ORDINAL = "cmaes";
    /** The note of the numbers of the trials that the first run was started from. */
    static final String FROM = "cmaes.from";

    private static final double WARM_DEVIATION = 0.1;
    private static final double STALE = 1e-12;

    /** What follows on a run that is over. */
    enum Restarts {
        /** The same again elsewhere. */
        NONE,
        /** Twice the population. */
        IPOP,
        /** Twice the population in turn with small ones, so that both have the same share of the trials. */
        BIPOP
    }

    /**
     * Where it stands.
     *
     * @param run the present run; null as long as its first generation has not ended
     * @param next the first ordinal of the present generation
     * @param pending ended trials of ordinals from there on, by ordinal
     * @param large the largest population so far
     * @param largeTrials trials spent by runs of growing population, less those by small ones
     * @param small whether the present run is a small one
     * @param restarted how many runs are over
     */
    record Progress(
            @Nullable CmaEs run,
            int next,
            Map<Integer, Integer> pending,
            int large,
            int largeTrials,
            boolean small,
            int restarted) {}

    @Override
    public Progress derive(History history, @Nullable Progress before, int known) {
        UnitCube cube = new UnitCube(history.space());
        int[] numeric = cube.numeric();
        Progress progress = before == null ? new Progress(null, 0, Map.of(), 0, 0, false, 0) : before;
        TreeMap<Integer, Integer> pending = new TreeMap<>(progress.pending);
        for (int i = known; i < history.size(); i++) {
            String note = history.get(i).notes().get(ORDINAL);
            if (note != null) {
                pending.put(Integer.valueOf(note), i);
            }
        }
        while (true) {
            CmaEs run = progress.run;
            if (run == null) {
                Integer first = pending.get(progress.next);
                if (first == null) {
                    return with(progress, pending);
                }
                run = start(history, cube, numeric, history.get(first).notes().getOrDefault(FROM, ""));
            }
            int last = progress.next + run.lambda;
            if (pending.subMap(progress.next, last).size() < run.lambda) {
                return with(progress, pending);
            }
            List<Integer> generation =
                    List.copyOf(pending.subMap(progress.next, last).values());
            pending.headMap(last).clear();
            progress = after(progress, run, history, cube, numeric, generation);
        }
    }

    private static Progress with(Progress p, TreeMap<Integer, Integer> pending) {
        return new Progress(p.run, p.next, Map.copyOf(pending), p.large, p.largeTrials, p.small, p.restarted);
    }

    private Progress after(
            Progress p, CmaEs run, History history, UnitCube cube, int[] numeric, List<Integer> generation) {
        int[] trials = generation.stream().mapToInt(Integer::intValue).toArray();
        double[] values = RegressionData.of(history, cube, trials).values();
        Comparator<Integer> bestFirst = Comparator.<Integer>comparingInt(
                        k -> history.get(trials[k]).failed() ? 1 : 0)
                .thenComparingDouble(k -> history.get(trials[k]).violation())
                .thenComparingDouble(k -> values[k])
                .thenComparingInt(k -> history.get(trials[k]).number());
        List<Integer> order = new ArrayList<>();
        for (int k = 0; k < trials.length; k++) {
            order.add(k);
        }
        order.sort(bestFirst);
        double[][] ranked = new double[trials.length][numeric.length];
        for (int k = 0; k < ranked.length; k++) {
            double[] place = cube.place(history, trials[order.get(k)]);
            for (int j = 0; j < numeric.length; j++) {
                ranked[k][j] = place[numeric[j]];
            }
        }
        CmaEs next = run.after(ranked);
        int next0 = p.next + run.lambda;
        int large = Math.max(p.large, p.small ? 0 : run.lambda);
        int spent = p.largeTrials + (p.small ? -run.lambda : run.lambda);
        boolean flat = values[order.get(order.size() - 1)] - values[order.get(0)] <= STALE * Math.abs(values[0]);
        if (!next.over() && !(flat && next.generation > 10)) {
            return new Progress(next, next0, Map.of(), large, spent, p.small, p.restarted);
        }
        return restarted(new Progress(null, next0, Map.of(), large, spent, p.small, p.restarted + 1), numeric.length);
    }

    private Progress restarted(Progress p, int d) {
        RandomGenerator random = new SplittableRandom(seed + 0x9E3779B97F4A7C15L * p.restarted);
        double[] mean = random.doubles(d).toArray();
        boolean small = restarts == Restarts.BIPOP && p.largeTrials > 0;
        int first = lambda(d);
        int lambda = first;
        double deviation = sigma;
        if (small) {
            double u = random.nextDouble();
            lambda = Math.max(first, (int) (first * Math.pow(0.5 * p.large / first, u * u)));
            deviation = sigma * Math.pow(10, -2 * random.nextDouble());
        } else if (restarts != Restarts.NONE) {
            lambda = 2 * p.large;
        }
        CmaEs run = CmaEs.start(lambda, mean, deviation, CmaEs.identity(d));
        return new Progress(run, p.next, Map.of(), p.large, p.largeTrials, small, p.restarted);
    }

    private int lambda(int d) {
        return population > 0 ? population : CmaEs.usualLambda(d);
    }

    /**
     * The first run at its start: in the middle, or around good earlier trials, as if each were a normal distribution of
     * deviation {@value #WARM_DEVIATION}.
     *
     * @param from numbers of trials, with spaces between them; may be empty
     */
    CmaEs start(History history, UnitCube cube, int[] numeric, String from) {
        int d = numeric.length;
        double[] mean = new double[d];
        if (from.isEmpty() && good.isEmpty()) {
            Arrays.fill(mean, 0.5);
            return CmaEs.start(lambda(d), mean, sigma, CmaEs.identity(d));
        }
        List<double[]> places = new ArrayList<>();
        for (double[] place : from.isEmpty() ? places(cube) : places(history, cube, from)) {
            places.add(Arrays.stream(numeric).mapToDouble(j -> place[j]).toArray());
        }
        for (double[] place : places) {
            for (int j = 0; j < d; j++) {
                mean[j] += place[j] / places.size();
            }
        }
        double[] covariance = new double[d * d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                for (double[] place : places) {
                    covariance[i * d + j] += (place[i] - mean[i]) * (place[j] - mean[j]) / places.size();
                }
            }
            covariance[i * d + i] += WARM_DEVIATION * WARM_DEVIATION;
        }
        double trace = 0;
        for (int i = 0; i < d; i++) {
            trace += covariance[i * d + i] / d;
        }
        double scale = trace;
        return CmaEs.start(
                lambda(d),
                mean,
                Math.sqrt(trace),
                Arrays.stream(covariance).map(c -> c / scale).toArray());
    }

    private List<double[]> places(UnitCube cube) {
        return good.stream().map(cube::place).toList();
    }

    private static List<double[]> places(History history, UnitCube cube, String from) {
        return Arrays.stream(withNumbers(history, Set.of(from.split(" "))))
                .mapToObj(trial -> cube.place(history, trial))
                .toList();
    }

    /* By number, for the last digits of sums depend on the order. */
    private static int[] withNumbers(History history, Set<String> numbers) {
        return RegressionData.byNumber(
                history,
                IntStream.range(0, history.size())
                        .filter(i ->
                                numbers.contains(String.valueOf(history.get(i).number()))));
    }

    /** The ordinal that a trial notes; −1 if it is of another sampler. */
    static int ordinal(Map<String, String> notes) {
        String note = notes.get(ORDINAL);
        return note == null ? -1 : Integer.parseInt(note);
    }

    /** The numbers of the best tenth of the trials that have a value, at least one of them, at most ten. */
    static String best(History history) {
        int good = Math.min(10, (history.ranking().size() + 9) / 10);
        List<String> numbers = new ArrayList<>();
        for (int rank = 0; rank < good; rank++) {
            FinishedTrial trial = history.get(history.ranking().get(rank));
            numbers.add(String.valueOf(trial.number()));
        }
        return String.join(" ", numbers);
    }
}
