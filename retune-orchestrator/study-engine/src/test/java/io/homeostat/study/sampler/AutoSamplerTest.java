package io.homeostat.study.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.sampler.Strategies.Strategy;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.space.Space;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.History;
import io.homeostat.study.trial.RunningTrial;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AutoSamplerTest extends SamplerContract {
    private static final Space PLANE = plane();

    @Override
    protected Sampler sampler() {
        return new AutoSampler();
    }

    private static Space plane() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("x", Map.of("float", List.of(-5, 10)));
        map.put("y", Map.of("float", List.of(0, 15)));
        map.put("kind", Map.of("categorical", List.of("a", "b", "c")));
        return Space.parse(map);
    }

    private static double value(Configuration c) {
        double x = (Double) c.values().get("x") - 2;
        double y = (Double) c.values().get("y") - 11;
        return x * x + 2 * y * y + x * y + (c.values().get("kind").equals("b") ? 0 : 4);
    }

    private static History study(Sampler sampler, int trials, long seed, ToDoubleFunction<Configuration> f) {
        History history = History.empty(PLANE, List.of(Goal.MINIMIZE));
        for (int number = 0; number < trials; number++) {
            Suggestion next = sampler.suggest(
                    new SamplerRequest(history, List.of(), seed, number, BudgetLeft.trials(trials - number), 1));
            FinishedTrial trial =
                    FinishedTrial.complete(number, next.configuration(), f.applyAsDouble(next.configuration()));
            history = history.plus(trial.withNotes(next.notes()));
        }
        return history;
    }

    private static double best(History history) {
        return history.get(history.ranking().best()).value();
    }

    @Test
    void beatsTpeAndChanceAfterFewTrials() {
        // when
        double auto = mean(new AutoSampler());
        double tpe = mean(new TpeSampler());
        double random = mean(new RandomSampler());

        // then
        assertThat(auto).isLessThan(0.5 * tpe).isLessThan(0.1 * random);
    }

    private static double mean(Sampler sampler) {
        return IntStream.range(0, 6)
                .mapToDouble(seed -> best(study(sampler, 20, seed, AutoSamplerTest::value)))
                .average()
                .orElseThrow();
    }

    @Test
    void theMiddleOfTheSpaceComesFirstAndTheStrategiesTakeTurns() {
        // when
        History history = study(new AutoSampler(), 60, 1, AutoSamplerTest::value);

        // then
        assertThat(history.get(0).configuration()).isEqualTo(PLANE.middle());
        assertThat(history.stream().map(trial -> trial.notes().getOrDefault("auto", "")))
                .contains("", "GLOBAL", "LOCAL", "TPE");
    }

    @Test
    void whoeverFindsBetterTrialsGetsMore() {
        // given
        History history = History.empty(PLANE, List.of(Goal.MINIMIZE));
        SplittableRandom random = new SplittableRandom(2);
        int tpe = 0;

        // when
        for (int number = 0; number < 60; number++) {
            Strategy next =
                    new Strategies(request(history, List.of(), number)).next(EnumSet.of(Strategy.GLOBAL, Strategy.TPE));
            tpe += next == Strategy.TPE ? 1 : 0;
            double value = next == Strategy.TPE ? -number : 1;
            history = history.plus(FinishedTrial.complete(number, PLANE.sample(random), value)
                    .withNotes(Map.of(Strategies.NOTE, next.name())));
        }

        // then
        assertThat(tpe).isGreaterThan(30);
    }

    @Test
    void runningTrialsCountAsTheirStrategysTurn() {
        // given
        History none = History.empty(PLANE, List.of(Goal.MINIMIZE));
        List<RunningTrial> running = new ArrayList<>();
        List<Strategy> turns = new ArrayList<>();

        // when
        for (int number = 0; number < 8; number++) {
            Strategy next = new Strategies(request(none, running, number)).next(EnumSet.allOf(Strategy.class));
            turns.add(next);
            running.add(new RunningTrial(number, PLANE.middle(), List.of(), Map.of(Strategies.NOTE, next.name())));
        }

        // then
        assertThat(turns).contains(Strategy.GLOBAL, Strategy.LOCAL, Strategy.TPE);
    }

    private static SamplerRequest request(History history, List<RunningTrial> running, int number) {
        return new SamplerRequest(history, running, 1, number, BudgetLeft.UNLIMITED, 8);
    }

    @Test
    void aTrustRegionGrowsWithSuccessesAndIsExhaustedWhenTiny() {
        // when
        double first = TrustRegion.firstWidth();
        double grown = TrustRegion.width(first, true);
        double tiny = first;
        for (int failure = 0; failure < 20; failure++) {
            tiny = TrustRegion.width(tiny, false);
        }
        TrustRegion region = TrustRegion.around(new double[] {0.5, 0.95}, new double[] {0.2, 0.8}, 0.2);

        // then
        assertThat(grown).isGreaterThan(first);
        assertThat(TrustRegion.width(first, false)).isLessThan(first);
        assertThat(TrustRegion.exhausted(first)).isFalse();
        assertThat(TrustRegion.exhausted(tiny)).isTrue();
        assertThat(region.lower())
                .containsExactly(new double[] {0.45, 0.75}, org.assertj.core.data.Offset.offset(1e-12));
        assertThat(region.upper()).containsExactly(new double[] {0.55, 1}, org.assertj.core.data.Offset.offset(1e-12));
    }

    @Test
    void whereLocalSearchIsExhaustedItWaitsForAnotherBestTrial() {
        // given: twenty local trials without success, then a global one with
        History history = History.empty(PLANE, List.of(Goal.MINIMIZE));
        SplittableRandom random = new SplittableRandom(3);
        for (int number = 0; number < 22; number++) {
            String strategy = number == 0 || number == 21 ? "GLOBAL" : "LOCAL";
            history = history.plus(FinishedTrial.complete(number, PLANE.sample(random), number == 21 ? -1 : number)
                    .withNotes(Map.of(Strategies.NOTE, strategy)));
        }

        // when
        double before = new Strategies(
                        request(History.of(PLANE, history.goals(), history.subList(0, 21)), List.of(), 21))
                .localWidth();
        double after = new Strategies(request(history, List.of(), 22)).localWidth();

        // then
        assertThat(TrustRegion.exhausted(before)).isTrue();
        assertThat(after).isEqualTo(TrustRegion.firstWidth());
    }

    @Test
    void fewTrialsAndManyWorkersAreTakenIntoAccount() {
        // given
        History four = study(new RandomSampler(), 4, 1, AutoSamplerTest::value);
        List<RunningTrial> many = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(4);
        for (int number = 4; number < 70; number++) {
            many.add(RunningTrial.of(number, PLANE.sample(random)));
        }

        // when
        Suggestion short16 =
                new AutoSampler().suggest(new SamplerRequest(four, List.of(), 1, 4, BudgetLeft.trials(12), 1));
        Suggestion long100 =
                new AutoSampler().suggest(new SamplerRequest(four, List.of(), 1, 4, BudgetLeft.trials(96), 1));
        Suggestion crowded =
                new AutoSampler().suggest(new SamplerRequest(four, many, 1, 70, BudgetLeft.trials(96), 100));

        // then
        assertThat(short16.notes()).containsEntry(Strategies.NOTE, "GLOBAL");
        assertThat(long100.reason()).isEqualTo("auto: first trials, spread evenly");
        assertThat(crowded.notes().get(Strategies.NOTE)).isIn("TPE", "CMAES");
    }

    @Test
    void whileTrialsAreRunningTheFirstHundredAreTheProcesses() {
        // given
        History sixty = study(new RandomSampler(), 60, 1, AutoSamplerTest::value);
        History hundred = study(new RandomSampler(), 100, 1, AutoSamplerTest::value);

        // when, then
        assertThat(turns(sixty, 1)).contains("TPE", "CMAES");
        assertThat(turns(sixty, 2)).containsOnly("GLOBAL", "LOCAL");
        assertThat(turns(hundred, 2)).contains("TPE", "CMAES");
    }

    /* Whose turns the next trials are, if each fails as soon as so many are running with the next one. */
    private static List<String> turns(History history, int workers) {
        List<String> turns = new ArrayList<>();
        List<RunningTrial> running = new ArrayList<>();
        History grown = history;
        for (int number = history.size(); number < history.size() + 16; number++) {
            Suggestion next = new AutoSampler().suggest(request(grown, running, number));
            turns.add(next.notes().getOrDefault(Strategies.NOTE, ""));
            running.add(new RunningTrial(number, next.configuration(), List.of(), next.notes()));
            if (running.size() == workers) {
                RunningTrial ended = running.remove(0);
                grown = grown.plus(FinishedTrial.failed(ended.number(), ended.configuration())
                        .withNotes(ended.notes()));
            }
        }
        return turns.subList(1, turns.size()); // the first has none beside it yet
    }

    @Test
    void withSeveralObjectivesOthersTakeTurns() {
        // given
        History history = History.empty(PLANE, List.of(Goal.MINIMIZE, Goal.MAXIMIZE));
        AutoSampler auto = new AutoSampler();

        // when
        for (int number = 0; number < 60; number++) {
            Suggestion next =
                    auto.suggest(new SamplerRequest(history, List.of(), 1, number, BudgetLeft.trials(60 - number), 1));
            double x = (Double) next.configuration().values().get("x");
            history = history.plus(FinishedTrial.complete(number, next.configuration(), value(next.configuration()), x)
                    .withNotes(next.notes()));
        }

        // then
        assertThat(history.stream().map(trial -> trial.notes().getOrDefault("auto", "")))
                .contains("", "GLOBAL", "TPE", "GENETIC")
                .doesNotContain("LOCAL", "CMAES");
    }

    @Test
    void recordsOfSeveralObjectivesAreThoseOnTheFront() {
        // given
        Records front = new Records.Front();
        Records best = new Records.Best();

        // when, then
        assertThat(front.add(new double[] {2, 2})).isTrue();
        assertThat(front.add(new double[] {1, 3})).isTrue();
        assertThat(front.add(new double[] {2, 2})).isFalse();
        assertThat(front.add(new double[] {1.5, 3.5})).isFalse();
        assertThat(front.add(new double[] {1, 1})).isTrue();
        assertThat(front.add(new double[] {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY}))
                .isFalse();
        assertThat(best.add(new double[] {2})).isTrue();
        assertThat(best.add(new double[] {2})).isFalse();
    }
}
