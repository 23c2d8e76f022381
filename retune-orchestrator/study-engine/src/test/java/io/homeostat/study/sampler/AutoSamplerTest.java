package io.homeostat.study.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.option.Options;
import io.homeostat.study.sampler.Strategies.Strategy;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.space.Space;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.History;
import io.homeostat.study.trial.Repeated;
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
    void beatsEachOfItsStrategiesAloneAfterFewTrials() {
        // when
        double auto = mean(new AutoSampler());
        double gp = mean(new GpSampler());
        double tpe = mean(new TpeSampler());

        // then
        assertThat(auto).isLessThan(gp).isLessThan(0.5 * tpe);
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
    void aTrustRegionGrowsWithSuccessesAndStartsAnewWhenTiny() {
        // when
        double grown = TrustRegion.width(List.of(true));
        double shrunk = TrustRegion.width(List.of(false, false));
        double anew = TrustRegion.width(java.util.Collections.nCopies(20, false));
        TrustRegion region = TrustRegion.around(new double[] {0.5, 0.95}, new double[] {0.2, 0.8}, 0.2);

        // then
        assertThat(grown).isGreaterThan(0.4);
        assertThat(shrunk).isLessThan(0.4);
        assertThat(anew).isGreaterThan(0.3);
        assertThat(region.lower())
                .containsExactly(new double[] {0.45, 0.75}, org.assertj.core.data.Offset.offset(1e-12));
        assertThat(region.upper()).containsExactly(new double[] {0.55, 1}, org.assertj.core.data.Offset.offset(1e-12));
    }

    @Test
    void theBestFewAreTriedAgainBeforeAWinnerIsNamed() {
        // given
        SplittableRandom noise = new SplittableRandom(9);
        Sampler sampler = new AutoSampler(new Options("sampler.auto", Map.of("repeats", 4, "contenders", 5)));

        // when
        History history = study(sampler, 45, 3, c -> value(c) + 3 * Normal.draw(noise));

        // then
        List<Repeated> best = Repeated.bestFirst(history);
        assertThat(best.stream().filter(each -> each.trials() > 1)).hasSizeBetween(4, 10);
        assertThat(best.get(0).trials()).isGreaterThan(1);
        assertThat(history.get(44).notes()).isEmpty();
    }

    @Test
    void theWinnerOfNoisyTrialsIsBetterThanTheLuckiestOne() {
        double lucky = 0;
        double winner = 0;
        for (long seed = 0; seed < 200; seed++) {
            // given
            SplittableRandom noise = new SplittableRandom(seed);
            History history = History.empty(PLANE, List.of(Goal.MINIMIZE));
            List<Configuration> points = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                points.add(PLANE.sample(noise));
            }
            Map<Configuration, Double> truth = new LinkedHashMap<>();
            points.forEach(point -> truth.put(point, Normal.draw(noise)));
            for (int number = 0; number < 30; number++) {
                Configuration point = points.get(number);
                history = history.plus(FinishedTrial.complete(number, point, truth.get(point) + Normal.draw(noise)));
            }
            lucky += truth.get(history.get(history.ranking().best()).configuration()) / 200;
            Contenders contenders = new Contenders(5, 4);
            for (int number = 30; number < 45; number++) {
                SamplerRequest next =
                        new SamplerRequest(history, List.of(), 1, number, BudgetLeft.trials(45 - number), 1);
                Configuration point = contenders.suggest(next).orElseThrow().configuration();
                history = history.plus(FinishedTrial.complete(number, point, truth.get(point) + Normal.draw(noise)));
            }

            // when
            winner += truth.get(Repeated.bestFirst(history).get(0).configuration()) / 200;
        }

        // then
        assertThat(winner).isLessThan(lucky - 0.2);
    }

    @Test
    void withoutRepetitionsWhatIsExpectedIsTheValue() {
        // when
        History history = study(new RandomSampler(), 12, 3, AutoSamplerTest::value);

        // then
        assertThat(Repeated.bestFirst(history)).hasSize(12).allMatch(each -> each.shrunk() == each.mean());
        assertThat(Repeated.bestFirst(history).get(0).mean()).isEqualTo(best(history));
    }
}
