package io.homeostat.study.sampler;

import static io.homeostat.study.sampler.Branin.number;
import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.option.Options;
import io.homeostat.study.pareto.Hypervolume;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.space.Space;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.History;
import io.homeostat.study.trial.RunningTrial;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GpSamplerTest extends SamplerContract {
    private static final Space PLANE = Branin.space();

    @Override
    protected Sampler sampler() {
        return new GpSampler();
    }

    @ParameterizedTest
    @ValueSource(strings = {"logEi", "ei", "ucb"})
    void comesCloseToTheMinimumOfBranin(String acquisition) {
        double worst = 0;
        for (long seed = 0; seed < 3; seed++) {
            // when
            GpSampler gp = new GpSampler(new Options("sampler.gp", Map.of("acquisition", acquisition)));
            History finished = History.empty(PLANE, List.of(Goal.MAXIMIZE));
            for (int number = 0; number < 40; number++) {
                SamplerRequest request = new SamplerRequest(finished, List.of(), seed, number, BudgetLeft.UNLIMITED, 1);
                Configuration next = gp.suggest(request).configuration();
                finished = finished.plus(FinishedTrial.complete(number, next, -Branin.at(next)));
            }
            worst = Math.max(
                    worst, finished.stream().mapToDouble(t -> -t.value()).min().orElseThrow() - 0.397887);
        }

        // then
        assertThat(worst).isLessThan(0.1);
    }

    @Test
    void whatItExpectsShrinksAsTheMinimumIsFound() {
        // given
        List<FinishedTrial> trials = run(PLANE, Goal.MINIMIZE, 2, 60, Branin::at);

        // when
        double early = expected(trials.subList(0, 12));
        double late = expected(trials);

        // then
        assertThat(early).isBetween(0.1, 100.0);
        assertThat(late).isBetween(0.0, 0.05);
    }

    private double expected(List<FinishedTrial> trials) {
        return sampler()
                .suggest(new SamplerRequest(PLANE, Goal.MINIMIZE, trials, List.of(), 2, trials.size()))
                .expectedImprovement()
                .orElseThrow();
    }

    @Test
    void keepsConstraints() {
        // given
        List<FinishedTrial> trials = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(4);
        for (int number = 0; number < 25; number++) {
            Configuration c = PLANE.sample(random);
            trials.add(FinishedTrial.complete(number, c, number(c, "x")).withConstraints(2 - number(c, "x"), -1));
        }

        // when
        List<Double> xs = new ArrayList<>();
        for (int number = 25; number < 35; number++) {
            Configuration c = sampler()
                    .suggest(new SamplerRequest(PLANE, Goal.MINIMIZE, trials, List.of(), 1, number))
                    .configuration();
            xs.add(number(c, "x"));
            trials.add(FinishedTrial.complete(number, c, number(c, "x")).withConstraints(2 - number(c, "x"), -1));
        }

        // then
        assertThat(xs).allMatch(x -> x > 1.8 && x < 4);
        assertThat(xs).anyMatch(x -> x >= 2 && x < 2.1);
    }

    @Test
    void parallelTrialsAreSpreadOut() {
        // given
        List<FinishedTrial> trials = run(PLANE, Goal.MINIMIZE, 3, 15, Branin::at);
        List<Configuration> running = new ArrayList<>();

        // when
        for (int number = 15; number < 23; number++) {
            running.add(sampler()
                    .suggest(new SamplerRequest(PLANE, Goal.MINIMIZE, trials, running, 3, number))
                    .configuration());
        }

        // then
        for (Configuration a : running) {
            for (Configuration b : running) {
                double distance = Math.hypot(number(a, "x") - number(b, "x"), number(a, "y") - number(b, "y"));
                assertThat(a.equals(b) || distance > 0.1).isTrue();
            }
        }
        assertThat(new HashSet<>(running)).hasSize(8);
    }

    @Test
    void conditionalParametersAreLearntWhereTheyAreThere() {
        // given
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("kernel", Map.of("categorical", List.of("linear", "poly")));
        map.put("degree", Map.of("int", List.of(1, 9), "when", Map.of("kernel", "poly")));
        map.put("cost", Map.of("float", List.of(0.01, 100), "log", true));
        Space space = Space.parse(map);

        // when
        List<FinishedTrial> trials = run(space, Goal.MINIMIZE, 5, 40, c -> {
            double degree = c.values().containsKey("degree") ? Math.abs(number(c, "degree") - 4) : 3;
            return degree + Math.abs(Math.log10(number(c, "cost")));
        });

        // then
        FinishedTrial best = trials.stream()
                .min((a, b) -> Double.compare(a.value(), b.value()))
                .orElseThrow();
        assertThat(best.configuration().values())
                .containsEntry("kernel", "poly")
                .containsEntry("degree", 4L);
        assertThat(best.value()).isLessThan(0.1);
    }

    @Test
    void manyTrialsAreThinnedOut() {
        // given
        GpSampler gp = new GpSampler(new Options("sampler.gp", Map.of("mostTrials", 40)));
        List<FinishedTrial> trials = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(4);
        for (int number = 0; number < 400; number++) {
            Configuration c = PLANE.sample(random);
            trials.add(FinishedTrial.complete(number, c, Branin.at(c)));
        }

        // when
        Configuration next = gp.suggest(new SamplerRequest(PLANE, Goal.MINIMIZE, trials, List.of(), 1, 400))
                .configuration();

        // then
        assertThat(Branin.at(next)).isLessThan(1.5);
    }

    @Test
    void aFrontIsFoundThatChanceDoesNotReach() {
        // given: what is best for one objective is bad for the other, and both want z at .3
        Map<String, Object> map = new LinkedHashMap<>();
        for (String name : List.of("x", "y", "z")) {
            map.put(name, Map.of("float", List.of(0, 1)));
        }
        Space cube = Space.parse(map);

        // when
        double found = front(new GpSampler(), cube);
        double chance = front(new RandomSampler(), cube);
        double tpe = front(new TpeSampler(), cube);

        // then: of the unit square the best front leaves a quarter
        assertThat(found).isGreaterThan(0.72).isGreaterThan(tpe + 0.03).isGreaterThan(chance + 0.1);
    }

    private static double front(Sampler sampler, Space cube) {
        History history = History.empty(cube, List.of(Goal.MINIMIZE, Goal.MAXIMIZE));
        for (int number = 0; number < 40; number++) {
            Suggestion next =
                    sampler.suggest(new SamplerRequest(history, List.of(), 1, number, BudgetLeft.UNLIMITED, 1));
            double x = number(next.configuration(), "x");
            double y = number(next.configuration(), "y");
            double off = Math.abs(number(next.configuration(), "z") - 0.3);
            history = history.plus(FinishedTrial.complete(
                    number, next.configuration(), x * x + off, -(1 - x) * (1 - x) - off - y * y));
        }
        return Hypervolume.of(
                history.stream()
                        .map(trial -> new double[] {trial.value(0), -trial.value(1)})
                        .toArray(double[][]::new),
                new double[] {1, 1});
    }

    @Test
    void runningTrialsAreSpreadOverTheFront() {
        // given
        List<Goal> goals = List.of(Goal.MINIMIZE, Goal.MINIMIZE);
        History history = History.empty(PLANE, goals);
        SplittableRandom random = new SplittableRandom(4);
        for (int number = 0; number < 20; number++) {
            Configuration c = PLANE.sample(random);
            history = history.plus(FinishedTrial.complete(number, c, number(c, "x"), -number(c, "x") + number(c, "y")));
        }
        List<RunningTrial> running = new ArrayList<>();

        // when
        for (int number = 20; number < 26; number++) {
            Configuration next = sampler()
                    .suggest(new SamplerRequest(history, running, 3, number, BudgetLeft.UNLIMITED, 6))
                    .configuration();
            running.add(RunningTrial.of(number, next));
        }

        // then
        double[] xs = running.stream()
                .mapToDouble(trial -> number(trial.configuration(), "x"))
                .sorted()
                .toArray();
        for (int i = 1; i < xs.length; i++) {
            assertThat(xs[i] - xs[i - 1]).isGreaterThan(0.1);
        }
    }

    @Test
    void ofManyObjectivesAnotherSamplerIsAsked() {
        // given
        History history = History.empty(PLANE, Collections.nCopies(5, Goal.MINIMIZE));
        SplittableRandom random = new SplittableRandom(4);
        for (int number = 0; number < 20; number++) {
            double[] values = random.doubles(5).toArray();
            history = history.plus(FinishedTrial.complete(number, PLANE.sample(random), values));
        }

        // then
        assertThat(sampler()
                        .suggest(new SamplerRequest(history, List.of(), 3, 20, BudgetLeft.UNLIMITED, 1))
                        .reason())
                .startsWith("tpe");
    }
}
