package io.homeostat.study.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.option.Options;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.space.Space;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.History;
import io.homeostat.study.trial.RunningTrial;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CmaEsSamplerTest extends SamplerContract {
    private static final Space SPACE = floats(5);

    @Override
    protected Sampler sampler() {
        return new CmaEsSampler();
    }

    private static Space floats(int d) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int j = 0; j < d; j++) {
            map.put("x" + j, Map.of("float", List.of(-1, 1)));
        }
        return Space.parse(map);
    }

    private static double ellipsoid(Configuration c) {
        double sum = 0;
        int j = 0;
        for (Object value : c.values().values()) {
            double x = ((Number) value).doubleValue() - 0.3;
            sum += Math.pow(100, j++ / 4.0) * x * x;
        }
        return sum;
    }

    /** With notes, and so many trials running at a time; the oldest or, at times, another ends next. */
    private static History study(
            Sampler sampler, Space space, History start, int trials, int parallel, ToDoubleFunction<Configuration> f) {
        History history = start;
        SplittableRandom random = new SplittableRandom(5);
        Deque<RunningTrial> running = new ArrayDeque<>();
        int number = start.size();
        while (history.size() < start.size() + trials) {
            while (running.size() < parallel) {
                Suggestion next = sampler.suggest(
                        new SamplerRequest(history, List.copyOf(running), 1, number, BudgetLeft.UNLIMITED, parallel));
                running.add(new RunningTrial(number++, next.configuration(), List.of(), next.notes()));
            }
            RunningTrial ended = random.nextInt(3) == 0 ? running.removeLast() : running.removeFirst();
            FinishedTrial trial = FinishedTrial.complete(
                    ended.number(), ended.configuration(), f.applyAsDouble(ended.configuration()));
            history = history.plus(trial.withNotes(ended.notes()));
        }
        return history;
    }

    private static double best(History history) {
        return history.get(history.ranking().best()).value();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "ipop", "bipop"})
    void followsALongValleyToItsMinimum(String restarts) {
        // given
        Sampler sampler = new CmaEsSampler(new Options("sampler.cmaes", Map.of("restarts", restarts)));

        // when
        History history = study(
                sampler, SPACE, History.empty(SPACE, List.of(Goal.MINIMIZE)), 900, 1, CmaEsSamplerTest::ellipsoid);

        // then
        assertThat(best(history)).isLessThan(1e-8);
    }

    @Test
    void parallelTrialsThatEndInAnyOrderGetThereToo() {
        // when
        History history = study(
                new CmaEsSampler(),
                SPACE,
                History.empty(SPACE, List.of(Goal.MINIMIZE)),
                900,
                7,
                CmaEsSamplerTest::ellipsoid);

        // then
        assertThat(best(history)).isLessThan(1e-4);
    }

    @Test
    void earlierTrialsAreAWarmStart() {
        // given
        History known = History.empty(SPACE, List.of(Goal.MINIMIZE));
        SplittableRandom random = new SplittableRandom(6);
        for (int number = 0; number < 60; number++) {
            Configuration c = SPACE.sample(random);
            known = known.plus(FinishedTrial.complete(number, c, ellipsoid(c)));
        }

        // when
        double warm = mean(study(new CmaEsSampler(), SPACE, known, 8, 1, CmaEsSamplerTest::ellipsoid));
        Sampler cold = new CmaEsSampler(new Options("sampler.cmaes", Map.of("warm", false)));
        double without = mean(study(cold, SPACE, known, 8, 1, CmaEsSamplerTest::ellipsoid));

        // then
        assertThat(warm).isLessThan(0.7 * without);
    }

    private static double mean(History history) {
        return history.stream()
                .skip(60)
                .mapToDouble(FinishedTrial::value)
                .average()
                .orElseThrow();
    }

    @Test
    void aWholeNumberDoesNotFreeze() {
        // given
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("n", Map.of("int", List.of(0, 12)));
        map.put("x", Map.of("float", List.of(-1, 1)));
        Space space = Space.parse(map);

        // when
        History history = study(
                new CmaEsSampler(),
                space,
                History.empty(space, List.of(Goal.MINIMIZE)),
                150,
                1,
                c -> Math.abs((Long) c.values().get("n") - 10)
                        + Math.pow((Double) c.values().get("x"), 2));

        // then
        assertThat(history.get(history.ranking().best()).configuration().values())
                .containsEntry("n", 10L);
        assertThat(best(history)).isLessThan(1e-3);
    }

    @Test
    void theStateIsTheSameBroughtUpToDateOrReplayed() {
        // given
        History history = study(
                new CmaEsSampler(),
                SPACE,
                History.empty(SPACE, List.of(Goal.MINIMIZE)),
                100,
                3,
                CmaEsSamplerTest::ellipsoid);
        History replayed = History.of(SPACE, List.of(Goal.MINIMIZE), history);

        // when
        Suggestion next = suggest(history);

        // then
        assertThat(suggest(replayed)).isEqualTo(next);
        assertThat(next.reason()).startsWith("cmaes: generation ");
    }

    private static Suggestion suggest(History history) {
        return new CmaEsSampler().suggest(new SamplerRequest(history, List.of(), 1, 200, BudgetLeft.UNLIMITED, 1));
    }

    @Test
    void oneGenerationMovesTheMeanByItsWeights() {
        // given
        CmaEs run = CmaEs.start(4, new double[] {0.5, 0.5}, 0.2, CmaEs.identity(2));

        // when
        CmaEs next = run.after(new double[][] {{0.7, 0.5}, {0.5, 0.6}, {0.1, 0.1}, {0, 0}});

        // then
        double first = (Math.log(2.5) - Math.log(1)) / (2 * Math.log(2.5) - Math.log(2));
        assertThat(next.mean(0)).isCloseTo(0.5 + 0.2 * first, within(1e-12));
        assertThat(next.mean(1)).isCloseTo(0.5 + 0.1 * (1 - first), within(1e-12));
        assertThat(next.deviation(0)).isGreaterThan(next.deviation(1));
    }
}
