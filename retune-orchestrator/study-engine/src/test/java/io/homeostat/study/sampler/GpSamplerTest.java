package io.homeostat.study.sampler;

import static io.homeostat.study.sampler.Branin.number;
import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.option.Options;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.space.Space;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.History;
import java.util.ArrayList;
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
}
