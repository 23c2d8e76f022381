package io.homeostat.study.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.space.Space;
import io.homeostat.study.trial.FinishedTrial;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** What every sampler keeps to; its test extends this. */
public abstract class SamplerContract {

    /** The sampler with its defaults. */
    protected abstract Sampler sampler();

    private static final Space MIXED = mixed();

    private static Space mixed() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("rate", Map.of("float", List.of(0.005, 0.3), "log", true));
        map.put("share", Map.of("float", List.of(0.1, 1), "step", 0.1));
        map.put("shift", Map.of("float", List.of(-5, 5)));
        map.put("leaves", Map.of("int", List.of(4, 256), "log", true));
        map.put("depth", Map.of("int", List.of(-3, 10), "step", 3));
        map.put("kind", Map.of("categorical", List.of("a", "b", true, 3)));
        map.put("fixed", Map.of("constant", 63));
        return Space.parse(map);
    }

    static Space finite(int low, int high) {
        return Space.parse(Map.of("x", Map.of("int", List.of(low, high)), "y", Map.of("constant", "c")));
    }

    /** Runs trials one after the other. */
    protected final List<FinishedTrial> run(
            Space space, Goal goal, long seed, int trials, ToDoubleFunction<Configuration> objective) {
        List<FinishedTrial> finished = new ArrayList<>();
        for (int number = 0; number < trials; number++) {
            Configuration next = sampler()
                    .suggest(new SamplerRequest(space, goal, finished, List.of(), seed, number))
                    .configuration();
            finished.add(FinishedTrial.complete(number, next, objective.applyAsDouble(next)));
        }
        return finished;
    }

    private static double shift(Configuration configuration) {
        return Math.abs((Double) configuration.values().get("shift"));
    }

    @Test
    void suggestionsLieInTheSpaceAndHaveAReason() {
        for (long seed = 0; seed < 5; seed++) {
            // when
            List<FinishedTrial> trials = run(MIXED, Goal.MINIMIZE, seed, 60, SamplerContract::shift);

            // then
            assertThat(trials)
                    .allMatch(trial -> MIXED.contains(trial.configuration().values()));
            SamplerRequest next = new SamplerRequest(MIXED, Goal.MINIMIZE, trials, List.of(), seed, 60);
            assertThat(sampler().suggest(next).reason()).isNotBlank();
        }
    }

    @Test
    void theSameRequestGivesTheSameSuggestionWhateverTheOrderOfTheTrials() {
        // given
        List<FinishedTrial> trials = run(MIXED, Goal.MAXIMIZE, 1, 40, SamplerContract::shift);
        List<FinishedTrial> shuffled = new ArrayList<>(trials);
        Collections.shuffle(shuffled, new Random(5));

        // when
        Suggestion first = sampler().suggest(new SamplerRequest(MIXED, Goal.MAXIMIZE, trials, List.of(), 1, 40));
        Suggestion again = sampler().suggest(new SamplerRequest(MIXED, Goal.MAXIMIZE, shuffled, List.of(), 1, 40));
        Suggestion otherSeed = sampler().suggest(new SamplerRequest(MIXED, Goal.MAXIMIZE, trials, List.of(), 2, 40));
        Suggestion otherTrial = sampler().suggest(new SamplerRequest(MIXED, Goal.MAXIMIZE, trials, List.of(), 1, 41));

        // then
        assertThat(again).isEqualTo(first);
        assertThat(otherSeed.configuration()).isNotEqualTo(first.configuration());
        assertThat(otherTrial.configuration()).isNotEqualTo(first.configuration());
    }

    @Test
    void noTwoRunningTrialsAreAtTheSamePoint() {
        // given
        Space space = finite(0, 29);
        for (long seed = 0; seed < 20; seed++) {
            List<FinishedTrial> finished = run(space, Goal.MINIMIZE, seed, 15, SamplerContract::x);
            List<Configuration> running = new ArrayList<>();

            // when
            for (int number = 15; number < 30; number++) {
                running.add(sampler()
                        .suggest(new SamplerRequest(space, Goal.MINIMIZE, finished, running, seed, number))
                        .configuration());
            }

            // then
            Set<Configuration> all = new HashSet<>(running);
            finished.forEach(trial -> all.add(trial.configuration()));
            assertThat(all).hasSize(30);
        }
    }

    private static double x(Configuration configuration) {
        return Math.abs((Long) configuration.values().get("x") - 12);
    }

    @Test
    void aTriedPointIsTakenBeforeARunningOneWhenNoneIsNew() {
        // given
        Space space = finite(0, 1);
        Configuration tried = space.validate(Map.of("x", 0, "y", "c"));
        Configuration running = space.validate(Map.of("x", 1, "y", "c"));
        List<FinishedTrial> finished = List.of(FinishedTrial.complete(0, tried, 1));

        for (int number = 2; number < 20; number++) {
            // when
            Suggestion suggestion =
                    sampler().suggest(new SamplerRequest(space, Goal.MINIMIZE, finished, List.of(running), 0, number));

            // then
            assertThat(suggestion.configuration()).isEqualTo(tried);
        }
    }

    @Test
    void aSpaceOfOnePointGivesThatPoint() {
        // given
        Space space = finite(3, 3);

        // when
        List<FinishedTrial> trials = run(space, Goal.MINIMIZE, 0, 30, configuration -> 1);

        // then
        assertThat(trials).allMatch(trial -> trial.configuration().equals(space.middle()));
        assertThat(sampler()
                        .suggest(new SamplerRequest(
                                space, Goal.MINIMIZE, trials, List.of(space.middle(), space.middle()), 0, 31))
                        .configuration())
                .isEqualTo(space.middle());
    }

    @Test
    void aConstantObjectiveIsNoObstacle() {
        // when
        List<FinishedTrial> trials = run(MIXED, Goal.MAXIMIZE, 3, 60, configuration -> 7);

        // then
        assertThat(trials.stream().map(FinishedTrial::configuration)).doesNotHaveDuplicates();
    }

    @Test
    void failuresPrunedTrialsAndExtremeValuesAreNoObstacle() {
        // given
        double[] values = {Double.NaN, Double.MAX_VALUE, Double.NEGATIVE_INFINITY, -Double.MAX_VALUE, 0};
        List<FinishedTrial> finished = new ArrayList<>();
        for (int number = 0; number < 100; number++) {
            // when
            Configuration next = sampler()
                    .suggest(new SamplerRequest(MIXED, Goal.MINIMIZE, finished, List.of(), 9, number))
                    .configuration();
            double value = values[number % values.length];
            finished.add(
                    number % 2 == 0
                            ? FinishedTrial.complete(number, next, value)
                            : FinishedTrial.pruned(number, next, value, number));

            // then
            assertThat(MIXED.contains(next.values())).isTrue();
        }
    }
}
