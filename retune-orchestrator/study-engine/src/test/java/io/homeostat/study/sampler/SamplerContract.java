package io.homeostat.study.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.space.Space;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.History;
import io.homeostat.study.trial.RunningTrial;
import io.homeostat.study.trial.StepValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every sampler keeps to; its test extends this. */
public abstract class SamplerContract {

    /** The sampler with its defaults. */
    protected abstract Sampler sampler();

    /** Whether another seed, or another number, gives another suggestion; false for a sampler without chance. */
    protected boolean drawsLots() {
        return true;
    }

    /** Every kind of parameter. */
    protected static final Space MIXED = mixed();

    /** Parameters that are there only when others have certain values, two deep. */
    protected static final Space CONDITIONAL = conditional();

    /** Nothing but choices. */
    protected static final Space CHOICES = Space.parse(Map.of(
            "a", Map.of("categorical", List.of("x", "y", "z")),
            "b", Map.of("categorical", List.of(1, 2, true), "weights", List.of(1, 2, 3)),
            "c", Map.of("ordinal", List.of("low", "middle", "high"))));

    private static Space mixed() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("rate", Map.of("float", List.of(0.005, 0.3), "log", true));
        map.put("share", Map.of("float", List.of(0.1, 1), "step", 0.1));
        map.put("shift", Map.of("float", List.of(-5, 5)));
        map.put("leaves", Map.of("int", List.of(4, 256), "log", true));
        map.put("depth", Map.of("int", List.of(-3, 10), "step", 3));
        map.put("units", Map.of("int", List.of(32, 1024), "log", true, "step", 32));
        map.put("noise", Map.of("normal", List.of(0, 2)));
        map.put("penalty", Map.of("lognormal", List.of(-3, 1), "step", 0.01));
        map.put("kind", Map.of("categorical", List.of("a", "b", true, 3), "weights", List.of(4, 3, 2, 1)));
        map.put("batch", Map.of("ordinal", List.of(16, 32, 64, 256)));
        map.put("fixed", Map.of("constant", 63));
        return Space.parse(map);
    }

    private static Space conditional() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("degree", Map.of("int", List.of(2, 5), "when", Map.of("kernel", "poly")));
        map.put("model", Map.of("categorical", List.of("forest", "svm", "net")));
        map.put("kernel", Map.of("categorical", List.of("rbf", "poly"), "when", Map.of("model", "svm")));
        map.put("trees", Map.of("int", List.of(10, 500), "log", true, "when", Map.of("model", "forest")));
        map.put("layers", Map.of("int", List.of(1, 3), "when", Map.of("model", "net")));
        map.put("units2", Map.of("int", List.of(8, 64), "when", Map.of("layers", Map.of("atLeast", 2))));
        map.put("seed", Map.of("float", List.of(0, 1)));
        return Space.parse(map);
    }

    /** Numbers from low to high, and a constant. */
    protected static Space finite(int low, int high) {
        return Space.parse(Map.of("x", Map.of("int", List.of(low, high)), "y", Map.of("constant", "c")));
    }

    /** Runs trials one after the other. */
    protected final List<FinishedTrial> run(
            Space space, Goal goal, long seed, int trials, ToDoubleFunction<Configuration> objective) {
        History history = History.empty(space, List.of(goal));
        for (int number = 0; number < trials; number++) {
            Configuration next = suggest(history, List.of(), seed).configuration();
            history = history.plus(FinishedTrial.complete(number, next, objective.applyAsDouble(next)));
        }
        return history;
    }

    private Suggestion suggest(History history, List<RunningTrial> running, long seed) {
        int number = history.size() + running.size();
        return sampler().suggest(request(history, running, seed, number));
    }

    private static SamplerRequest request(History history, List<RunningTrial> running, long seed, int number) {
        return new SamplerRequest(history, running, seed, number, BudgetLeft.trials(100), running.size() + 1);
    }

    private static History copy(History history, List<FinishedTrial> trials) {
        return History.of(history.space(), history.goals(), trials);
    }

    /** A smooth value of any configuration, at least 0. */
    private static double smooth(Configuration configuration) {
        double sum = 0;
        for (Object value : configuration.values().values()) {
            double x = value instanceof Number number ? number.doubleValue() : value.hashCode() % 7;
            sum += Math.abs(x - 1) / (1 + Math.abs(x));
        }
        return sum;
    }

    @Test
    void suggestionsLieInTheSpaceAndHaveAReason() {
        for (Space space : List.of(MIXED, CONDITIONAL, CHOICES, finite(0, 99))) {
            for (long seed = 0; seed < 3; seed++) {
                // when
                List<FinishedTrial> trials = run(space, Goal.MINIMIZE, seed, 60, SamplerContract::smooth);

                // then
                assertThat(trials)
                        .allMatch(trial ->
                                space.validate(trial.configuration().values()).equals(trial.configuration()));
                SamplerRequest next = new SamplerRequest(space, Goal.MINIMIZE, trials, List.of(), seed, 60);
                assertThat(sampler().suggest(next).reason()).isNotBlank();
            }
        }
    }

    @Test
    void theSameRequestGivesTheSameSuggestionWhateverTheOrderOfTheTrials() {
        for (Space space : List.of(MIXED, CONDITIONAL)) {
            // given
            History trials = (History) run(space, Goal.MAXIMIZE, 1, 40, SamplerContract::smooth);
            List<FinishedTrial> shuffled = new ArrayList<>(trials);
            Collections.shuffle(shuffled, new Random(5));
            List<RunningTrial> running = IntStream.range(40, 43)
                    .mapToObj(i -> RunningTrial.of(i, space.sample(new SplittableRandom(i))))
                    .toList();
            List<RunningTrial> backwards = new ArrayList<>(running);
            Collections.reverse(backwards);

            // when
            Suggestion first = suggest(trials, running, 1);
            Suggestion again = suggest(copy(trials, shuffled), backwards, 1);
            Suggestion otherSeed = suggest(trials, running, 2);
            Suggestion otherTrial = sampler().suggest(request(trials, running, 1, 44));

            // then
            assertThat(again).isEqualTo(first);
            if (drawsLots()) {
                assertThat(otherSeed.configuration()).isNotEqualTo(first.configuration());
                assertThat(otherTrial.configuration()).isNotEqualTo(first.configuration());
            }
        }
    }

    @Test
    void whatWasFoundOutAboutEarlierTrialsChangesNoSuggestion() {
        // given: a history that grew and was asked at each step, with endings of all kinds
        for (Space space : List.of(MIXED, CONDITIONAL)) {
            History grown = History.empty(space, List.of(Goal.MINIMIZE));
            for (int number = 0; number < 60; number++) {
                // when
                Suggestion suggestion = suggest(grown, List.of(), 3);
                Suggestion fresh = suggest(copy(grown, grown), List.of(), 3);

                // then
                assertThat(suggestion).isEqualTo(fresh);
                grown = grown.plus(ended(number, suggestion));
            }
        }
    }

    private static FinishedTrial ended(int number, Suggestion suggestion) {
        Configuration configuration = suggestion.configuration();
        double value = smooth(configuration);
        FinishedTrial trial = switch (number % 5) {
            case 3 -> FinishedTrial.pruned(number, configuration, value, number);
            case 4 -> FinishedTrial.failed(number, configuration);
            default ->
                FinishedTrial.complete(number, configuration, value)
                        .withSteps(List.of(new StepValue(1, value + 1), new StepValue(9, value)));
        };
        return trial.withNotes(suggestion.notes());
    }

    @Test
    void noTwoRunningTrialsAreAtTheSamePoint() {
        // given
        Space space = finite(0, 29);
        for (long seed = 0; seed < 20; seed++) {
            History finished = (History) run(space, Goal.MINIMIZE, seed, 15, SamplerContract::x);
            List<RunningTrial> running = new ArrayList<>();

            // when
            for (int number = 15; number < 30; number++) {
                running.add(running(number, suggest(finished, running, seed)));
            }

            // then
            Set<Configuration> all = new HashSet<>();
            running.forEach(trial -> all.add(trial.configuration()));
            finished.forEach(trial -> all.add(trial.configuration()));
            assertThat(all).hasSize(30);
        }
    }

    private static RunningTrial running(int number, Suggestion suggestion) {
        return new RunningTrial(number, suggestion.configuration(), List.of(), suggestion.notes());
    }

    private static double x(Configuration configuration) {
        return Math.abs((Long) configuration.values().get("x") - 12);
    }

    @Test
    void parallelTrialsHaveDifferentPointsEverywhere() {
        for (Space space : List.of(MIXED, CONDITIONAL, CHOICES)) {
            for (int known : new int[] {0, 12}) {
                // given
                History finished = (History) run(space, Goal.MINIMIZE, 2, known, SamplerContract::smooth);
                List<RunningTrial> running = new ArrayList<>();

                // when
                for (int i = 0; i < 10; i++) {
                    running.add(running(known + i, suggest(finished, running, 2)));
                }

                // then
                assertThat(running.stream().map(RunningTrial::configuration)).doesNotHaveDuplicates();
            }
        }
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
        for (Space space : List.of(MIXED, CONDITIONAL)) {
            // when
            List<FinishedTrial> trials = run(space, Goal.MAXIMIZE, 3, 60, configuration -> 7);

            // then
            assertThat(trials.stream().map(FinishedTrial::configuration)).doesNotHaveDuplicates();
        }
    }

    @Test
    void failuresPrunedTrialsAndExtremeValuesAreNoObstacle() {
        // given
        double[] values = {Double.NaN, Double.MAX_VALUE, Double.NEGATIVE_INFINITY, -Double.MAX_VALUE, 0};
        for (Space space : List.of(MIXED, CONDITIONAL)) {
            History finished = History.empty(space, List.of(Goal.MINIMIZE));
            for (int number = 0; number < 100; number++) {
                // when
                Configuration next = suggest(finished, List.of(), 9).configuration();
                double value = values[number % values.length];
                finished = finished.plus(
                        number % 2 == 0
                                ? FinishedTrial.complete(number, next, value)
                                : FinishedTrial.pruned(number, next, value, number));

                // then
                assertThat(space.contains(next.values())).isTrue();
            }
        }
    }

    @Test
    void nothingButFailuresIsNoObstacle() {
        // given
        History finished = History.empty(MIXED, List.of(Goal.MINIMIZE));

        for (int number = 0; number < 40; number++) {
            // when
            Suggestion suggestion = suggest(finished, List.of(), 4);
            finished = finished.plus(FinishedTrial.failed(number, suggestion.configuration()));

            // then
            assertThat(MIXED.contains(suggestion.configuration().values())).isTrue();
        }
        assertThat(finished.distinct()).isEqualTo(40);
    }

    @Test
    void severalObjectivesAndConstraintsAreNoObstacle() {
        for (Space space : List.of(MIXED, CONDITIONAL)) {
            // given
            History finished = History.empty(space, List.of(Goal.MINIMIZE, Goal.MAXIMIZE));

            for (int number = 0; number < 50; number++) {
                // when
                Suggestion suggestion = suggest(finished, List.of(), 6);
                Suggestion fresh = suggest(copy(finished, finished), List.of(), 6);
                double value = smooth(suggestion.configuration());
                finished =
                        finished.plus(FinishedTrial.complete(number, suggestion.configuration(), value, value * value)
                                .withConstraints(value - 3, number % 3 - 1)
                                .withNotes(suggestion.notes()));

                // then
                assertThat(suggestion).isEqualTo(fresh);
                assertThat(space.contains(suggestion.configuration().values())).isTrue();
            }
        }
    }

    @Test
    void pointsThatOthersChoseAreNoObstacle() {
        // given: enqueued trials that no sampler suggested, numbered with gaps, more running than finished
        SplittableRandom random = new SplittableRandom(1);
        for (Space space : List.of(MIXED, CONDITIONAL, CHOICES)) {
            List<FinishedTrial> finished = IntStream.range(0, 15)
                    .mapToObj(i -> FinishedTrial.complete(3 * i, space.sample(random), random.nextDouble()))
                    .toList();
            List<RunningTrial> running = IntStream.range(0, 20)
                    .mapToObj(i -> new RunningTrial(
                            50 + i, space.sample(random), List.of(new StepValue(1, random.nextDouble())), Map.of()))
                    .toList();

            // when
            History history = History.of(space, List.of(Goal.MAXIMIZE), finished);
            Suggestion suggestion = sampler().suggest(request(history, running, 8, 90));

            // then
            assertThat(space.contains(suggestion.configuration().values())).isTrue();
        }
    }
}
