package io.homeostat.benchmarks.study;

import io.homeostat.benchmarks.harness.Benchmark;
import io.homeostat.benchmarks.harness.Figures;
import io.homeostat.benchmarks.harness.Sample;
import io.homeostat.benchmarks.harness.Table;
import io.homeostat.meta.method.TransferSpec;
import io.homeostat.study.objective.Goal;
import io.homeostat.study.sampler.Sampler;
import io.homeostat.study.sampler.SamplerRequest;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.History;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Search that knows what was found on other data sets: {@link WarmFlows}, with the mean normalised regret after 1 to 50 trials.
 * {@code none} is a cold study by {@code auto}; {@code optuna5} is Optuna's TPE with the portfolio's first five points
 * enqueued. Settings: {@link StudySettings}.
 */
public final class WarmAcross implements Benchmark {
    private static final int ENQUEUED = 5;
    private static final String PEER = "optuna5";
    private static final List<String> ALL = List.of("auto", "none", "random", "portfolio", PEER, "previous", "ordered");

    private final StudySettings settings = StudySettings.read();

    @Override
    public Figures run() throws Exception {
        WarmCurves curves = new WarmCurves(WarmFlows.read(false), settings);
        try (OptunaPeers peers = new OptunaPeers()) {
            for (String name : settings.contenders(ALL, List.of(PEER))) {
                if (name.equals(PEER)) {
                    curves.add(name, known -> optuna(known, peers));
                } else {
                    curves.add(name);
                }
            }
        }
        return report(curves);
    }

    private static WarmCurves.Study optuna(WarmFlows.Known known, OptunaPeers peers) {
        List<Configuration> first = portfolio(known);
        return (task, seed) -> WarmCurves.regrets(task, optuna(task.task(), peers.own(), first, seed));
    }

    private static double[] optuna(Task task, OptunaPeer optuna, List<Configuration> first, long seed)
            throws IOException {
        Task.Instance instance = task.instances().apply(seed);
        double[] best = new double[WarmCurves.TRIALS];
        double least = Double.POSITIVE_INFINITY;
        Configuration next = optuna.start(task.space(), "optunaTpe", first, seed);
        for (int i = 0; i < best.length; i++) {
            double value = instance.objective().applyAsDouble(next);
            least = Math.min(least, value);
            best[i] = least;
            next = optuna.next(task.space(), value);
        }
        return best;
    }

    private static List<Configuration> portfolio(WarmFlows.Known known) {
        Sampler portfolio = new TransferSpec("portfolio", Map.of()).transfer().sampler(known.past());
        History history = History.empty(known.task().space(), List.of(Goal.MINIMIZE));
        List<Configuration> first = new ArrayList<>();
        for (int i = 0; i < ENQUEUED; i++) {
            Configuration next = portfolio
                    .suggest(new SamplerRequest(known.task().space(), Goal.MINIMIZE, history, List.of(), 0, i))
                    .configuration();
            first.add(next);
            history = history.plus(FinishedTrial.complete(i, next, 0));
        }
        return first;
    }

    private static Object[] gaps(WarmCurves curves, String method, String flow) {
        List<Object> cells = new ArrayList<>(List.of(method));
        for (int after : WarmCurves.AFTER) {
            double[] theirs = curves.after(method, flow, after);
            double[] ours = curves.after("auto", flow, after);
            for (int seed = 0; seed < theirs.length; seed++) {
                theirs[seed] -= ours[seed];
            }
            double[] interval = new Sample(theirs).meanInterval();
            cells.add(String.format(
                    Locale.ROOT, "%+.4f (%+.4f to %+.4f)", new Sample(theirs).mean(), interval[0], interval[1]));
        }
        return cells.toArray();
    }

    private static Figures report(WarmCurves curves) {
        Figures figures = new Figures();
        Table perTask = new Table("auto, task by task, to cold after 50", "median of tasks", "within 5", "within 10");
        for (String flow : List.of("forest", "adaboost", "")) {
            Table gaps = new Table("more regret than auto", "1 trial", "5", "10", "20", "50");
            for (String method : curves.methods()) {
                for (int after : flow.isEmpty() ? new int[0] : WarmCurves.AFTER) {
                    figures.add(flow + "_" + method + "_" + after, curves.mean(method, flow, after));
                }
                if (!method.equals("auto") && curves.methods().contains("auto")) {
                    gaps.row(gaps(curves, method, flow));
                }
            }
            System.out.println(curves.table(flow.isEmpty() ? "mean of both" : flow, flow));
            System.out.println(gaps);
            if (curves.methods().containsAll(List.of("auto", "none"))) {
                double level = curves.mean("none", flow, WarmCurves.TRIALS);
                String key = flow.isEmpty() ? "trialsToCold50" : flow + "_trialsToCold50";
                figures.add(key, curves.trialsTo("auto", flow, level));
                perTask(curves, flow, key, perTask, figures);
            }
        }
        System.out.println(perTask);
        return figures;
    }

    /* Of each task and seed by itself; the intervals are over the tasks. */
    private static void perTask(WarmCurves curves, String flow, String key, Table table, Figures figures) {
        List<int[]> trials = curves.trialsToEnd("auto", flow, "none");
        Sample medians = Sample.of(trials.stream()
                .map(task -> new Sample(Arrays.stream(task).asDoubleStream().toArray()).median())
                .toList());
        Sample five = shares(trials, 5);
        Sample ten = shares(trials, 10);
        table.row(flow.isEmpty() ? "both" : flow, medians.medianText(), five.meanText(), ten.meanText());
        figures.add(key + "Median", medians.median())
                .add(key + "Within5", five.mean())
                .add(key + "Within10", ten.mean());
    }

    /* The share of the seeds that need at most so many trials, by task. */
    private static Sample shares(List<int[]> trials, int most) {
        return Sample.of(trials.stream()
                .map(task -> (double) Arrays.stream(task).filter(n -> n <= most).count() / task.length)
                .toList());
    }
}
