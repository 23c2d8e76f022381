package io.homeostat.benchmarks.study;

import io.homeostat.benchmarks.harness.Benchmark;
import io.homeostat.benchmarks.harness.Figures;
import io.homeostat.benchmarks.harness.Sample;
import io.homeostat.benchmarks.harness.Table;
import io.homeostat.study.objective.Objective;
import io.homeostat.study.sampler.SamplerSpec;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.space.Space;
import io.homeostat.study.study.Budget;
import io.homeostat.study.study.Cost;
import io.homeostat.study.study.Study;
import io.homeostat.study.study.StudySpec;
import io.homeostat.study.study.StudyState;
import io.homeostat.study.study.Trial;
import io.homeostat.study.study.TrialResult;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What a trial costs beside its training: the time of {@code ask} and {@code tell}, and the memory of a long study.
 *
 * <p>A round makes a study of random finished trials of its own, lets it come to rest with some trials, and then takes
 * the time of {@value #TIMED} more, one after the other; of a Gaussian process {@value #TIMED_BY_GP}. Spaces have floats only, so that nothing is found out once and
 * looked up; the objective is a sphere. Times are processor time of the one thread that asks and tells, which waits for
 * nothing, in milliseconds per trial; medians over rounds.
 */
public final class StudySpeed implements Benchmark {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Instant NOW = Instant.EPOCH;
    private static final int TIMED = 50;
    private static final int TIMED_BY_GP = 10; // its cost grows fast with the trials
    private static final int SETTLE = 5;
    private static final long WARM_UP_NANOS = 6_000_000_000L;
    private static final int WARM_UP = 6; // times the trials of a round
    private static final int ROUNDS = 60;
    private static final int ROUNDS_OF_GP = 20;
    private static final int LONG = 100_000;
    private static final double MEGABYTE = 1e6;
    private static final double NANOS_PER_MILLI = 1e6;

    @Override
    public Figures run() throws IOException {
        Figures figures = new Figures();
        Table table = new Table("ask + tell per trial", "ms of CPU", "Optuna", "target");
        for (int parameters : new int[] {5, 20}) {
            Sample ours = millis("tpe", parameters, 1_000, ROUNDS, TIMED);
            figures.add("tpe" + parameters + "Millis", ours.median());
            String peer = optuna(figures, parameters, 1_000);
            table.row(
                    "tpe, " + parameters + " parameters, 1,000 trials",
                    ours.medianText(),
                    peer,
                    parameters == 5 ? ".1" : ".4");
        }
        gp(figures, table);
        longStudy(figures, table);
        System.out.println();
        System.out.print(table);
        return figures;
    }

    private static void gp(Figures figures, Table table) throws IOException {
        if (!SamplerSpec.names().contains("gp")) {
            System.out.println("gp: there is no such sampler yet");
            return;
        }
        Sample ours = millis("gp", 5, 100, ROUNDS_OF_GP, TIMED_BY_GP);
        figures.add("gp5Millis", ours.median());
        table.row("gp, 5 parameters, 100 trials", ours.medianText(), "not in 3.1", "10");
    }

    private static String optuna(Figures figures, int parameters, int trials) throws IOException {
        List<Double> rounds = OptunaSpeed.millis(parameters, trials);
        if (rounds.isEmpty()) {
            return "absent";
        }
        Sample sample = Sample.of(rounds);
        figures.add("optunaTpe" + parameters + "Millis", sample.median());
        return sample.medianText();
    }

    private static Sample millis(String sampler, int parameters, int trials, int count, int timed) {
        double[] rounds = new double[count];
        System.out.printf("%s, %d parameters, %,d trials: %d rounds …%n", sampler, parameters, trials, count);
        long end = THREADS.getCurrentThreadCpuTime() + WARM_UP_NANOS;
        while (THREADS.getCurrentThreadCpuTime() < end) {
            asked(random(sampler, parameters, trials, -1), WARM_UP * timed);
        }
        for (int round = 0; round < count; round++) {
            rounds[round] = round(sampler, parameters, trials, timed, round);
        }
        return new Sample(rounds);
    }

    private static double round(String sampler, int parameters, int trials, int timed, long seed) {
        StudyState state = asked(random(sampler, parameters, trials, seed), SETTLE);
        long start = THREADS.getCurrentThreadCpuTime();
        asked(state, timed);
        return (THREADS.getCurrentThreadCpuTime() - start) / NANOS_PER_MILLI / timed;
    }

    private static void longStudy(Figures figures, Table table) {
        System.out.printf("tpe, 5 parameters, %,d trials …%n", LONG);
        double before = megabytes();
        StudyState state = asked(random("tpe", 5, LONG, 1), SETTLE);
        double held = megabytes() - before;
        double[] rounds = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long start = THREADS.getCurrentThreadCpuTime();
            state = asked(state, TIMED);
            rounds[round] = (THREADS.getCurrentThreadCpuTime() - start) / NANOS_PER_MILLI / TIMED;
        }
        Sample millis = new Sample(rounds);
        figures.add("askAt100kMillis", millis.median());
        figures.add("megabytesAt100k", held);
        table.row(
                "tpe, 5 parameters, " + String.format("%,d", state.trials().size()) + " trials",
                millis.medianText(),
                "",
                "5");
        System.out.printf("%n%.0f MB hold a study of %,d trials (target 200)%n", held, LONG);
    }

    private static double megabytes() {
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) / MEGABYTE;
    }

    private static StudyState random(String sampler, int parameters, int trials, long seed) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int j = 0; j < parameters; j++) {
            map.put("x" + j, Map.of("float", List.of(0, 1)));
        }
        StudySpec spec = StudySpec.of("speed", Space.parse(map), Objective.minimize("loss"))
                .withSampler(sampler)
                .withBudget(Budget.trials(10 * LONG))
                .withSeed(seed);
        StudyState state = Study.start(spec, List.of(), NOW);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < trials; i++) {
            Configuration point = spec.space().sample(random);
            state = Study.add(state, point, result(point), "random", Cost.NONE, NOW)
                    .state();
        }
        return state;
    }

    private static StudyState asked(StudyState before, int trials) {
        StudyState state = before;
        for (int i = 0; i < trials; i++) {
            var asked = Study.ask(state, NOW);
            Trial trial = asked.trial().orElseThrow();
            state = Study.tell(asked.state(), trial.number(), result(trial.configuration()), NOW)
                    .state();
        }
        return state;
    }

    private static TrialResult result(Configuration point) {
        double sum = 0;
        for (Object value : point.values().values()) {
            double x = (Double) value - 0.3;
            sum += x * x;
        }
        return TrialResult.value(sum);
    }
}
