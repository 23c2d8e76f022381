package io.homeostat.study.sampler;

import static io.homeostat.study.sampler.Branin.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.space.Space;
import io.homeostat.study.trial.FinishedTrial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class TpeSamplerTest extends SamplerContract {
    private static final Space PLANE = Branin.space();

    @Override
    protected Sampler sampler() {
        return new TpeSampler();
    }

    private static Space boosting() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("rate", Map.of("float", List.of(0.001, 1), "log", true));
        map.put("leaves", Map.of("int", List.of(4, 256), "log", true));
        map.put("depth", Map.of("int", List.of(1, 12)));
        map.put("share", Map.of("float", List.of(0.1, 1)));
        map.put("kind", Map.of("categorical", List.of("a", "b", "c")));
        return Space.parse(map);
    }

    private static double mixedBowl(Configuration c) {
        double rate = Math.log10(number(c, "rate")) + 1.5;
        double leaves = Math.log(number(c, "leaves") / 31) / 2;
        double depth = (number(c, "depth") - 7) / 4;
        double share = number(c, "share") - 0.8;
        double kind = c.values().get("kind").equals("b") ? 0 : 0.5;
        return rate * rate + leaves * leaves + depth * depth + share * share + kind;
    }

    private double meanBest(Sampler sampler, Space space, Goal goal, ToDoubleFunction<Configuration> f) {
        double sum = 0;
        for (long seed = 0; seed < 30; seed++) {
            List<FinishedTrial> finished = new ArrayList<>();
            for (int number = 0; number < 60; number++) {
                Configuration next = sampler.suggest(new SamplerRequest(space, goal, finished, List.of(), seed, number))
                        .configuration();
                finished.add(FinishedTrial.complete(number, next, f.applyAsDouble(next)));
            }
            sum += finished.stream()
                    .mapToDouble(FinishedTrial::value)
                    .reduce(goal::best)
                    .orElseThrow();
        }
        return sum / 30;
    }

    @Test
    void beatsRandomOnBranin() {
        // when
        double tpe = meanBest(new TpeSampler(), PLANE, Goal.MINIMIZE, Branin::at) - 0.397887;
        double random = meanBest(new RandomSampler(), PLANE, Goal.MINIMIZE, Branin::at) - 0.397887;

        // then
        assertThat(tpe).isLessThan(0.5 * random);
    }

    @Test
    void beatsRandomOnAMixedBowlInBothDirections() {
        // when
        double tpe = meanBest(new TpeSampler(), boosting(), Goal.MINIMIZE, TpeSamplerTest::mixedBowl);
        double up = -meanBest(new TpeSampler(), boosting(), Goal.MAXIMIZE, c -> -mixedBowl(c));
        double random = meanBest(new RandomSampler(), boosting(), Goal.MINIMIZE, TpeSamplerTest::mixedBowl);

        // then
        assertThat(tpe).isLessThan(0.5 * random).isCloseTo(up, within(1e-12));
    }

    @Test
    void theFirstTenSuggestionsAreThoseOfRandom() {
        // when
        List<FinishedTrial> tpe = run(PLANE, Goal.MINIMIZE, 4, 11, Branin::at);
        SamplerRequest ninth = new SamplerRequest(PLANE, Goal.MINIMIZE, tpe.subList(0, 9), List.of(), 4, 9);
        SamplerRequest tenth = new SamplerRequest(PLANE, Goal.MINIMIZE, tpe.subList(0, 10), List.of(), 4, 10);

        // then
        assertThat(sampler().suggest(ninth).configuration())
                .isEqualTo(new RandomSampler().suggest(ninth).configuration());
        assertThat(sampler().suggest(ninth).reason()).isEqualTo("random: 9 of 10 start-up trials have a value");
        assertThat(sampler().suggest(tenth).reason())
                .startsWith("tpe: 1 of 10 trials are good; best of 24 candidates, log l - log g = ");
    }

    @Test
    void failedTrialsAreShunned() {
        // given
        List<FinishedTrial> finished = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(8);
        for (int number = 0; number < 60; number++) {
            Configuration c = PLANE.sample(random);
            finished.add(
                    number(c, "x") > 2.5
                            ? FinishedTrial.failed(number, c)
                            : FinishedTrial.complete(number, c, number(c, "y")));
        }

        // when
        long right = 0;
        for (long seed = 0; seed < 100; seed++) {
            Configuration next = sampler()
                    .suggest(new SamplerRequest(PLANE, Goal.MINIMIZE, finished, List.of(), seed, 60))
                    .configuration();
            right += number(next, "x") > 2.5 ? 1 : 0;
        }

        // then
        assertThat(right).isLessThan(20);
    }

    @Test
    void prunedTrialsAreGoodOnlyWhenTheyGotFar() {
        // given
        Space line = Space.parse(Map.of("x", Map.of("float", List.of(0, 1))));
        List<FinishedTrial> finished = new ArrayList<>();
        for (int number = 0; number < 30; number++) {
            double x = number / 30.0;
            Configuration c = line.validate(Map.of("x", x));
            finished.add(FinishedTrial.pruned(number, c, 1, number >= 20 && number <= 22 ? 50 : 1));
        }

        // when
        double mean = 0;
        for (long seed = 0; seed < 100; seed++) {
            mean += number(
                            sampler()
                                    .suggest(new SamplerRequest(line, Goal.MINIMIZE, finished, List.of(), seed, 30))
                                    .configuration(),
                            "x")
                    / 100;
        }

        // then
        assertThat(mean).isBetween(0.6, 0.8);
    }

    @Test
    void aBranchIsSearchedWhetherGroupedOrNot() {
        // given
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("kind", Map.of("categorical", List.of("a", "b")));
        map.put("p", Map.of("float", List.of(0, 1), "when", Map.of("kind", "a")));
        map.put("q", Map.of("float", List.of(0, 1), "when", Map.of("kind", "b")));
        Space space = Space.parse(map);
        ToDoubleFunction<Configuration> f = c ->
                c.values().containsKey("p") ? Math.abs(number(c, "p") - 0.3) : 0.3 + Math.abs(number(c, "q") - 0.6);

        for (String options : List.of("group", "multivariate", "constantLiar")) {
            for (boolean flag : List.of(true, false)) {
                // when
                Sampler tpe =
                        SamplerSpec.parse(Map.of("tpe", Map.of(options, flag))).sampler();

                // then
                assertThat(meanBest(tpe, space, Goal.MINIMIZE, f))
                        .as(options + flag)
                        .isLessThan(0.01);
            }
        }
    }

    @Test
    void runningTrialsAreKeptOffByTheConstantLiar() {
        // given
        List<FinishedTrial> finished = run(PLANE, Goal.MINIMIZE, 4, 40, Branin::at);
        Sampler honest =
                SamplerSpec.parse(Map.of("tpe", Map.of("constantLiar", false))).sampler();

        // when
        double spread = spread(sampler(), finished);

        // then
        assertThat(spread).isGreaterThan(1.2 * spread(honest, finished));
    }

    /** The mean distance of 10 trials suggested at once from their nearest neighbour. */
    private static double spread(Sampler sampler, List<FinishedTrial> finished) {
        double sum = 0;
        for (long seed = 0; seed < 20; seed++) {
            List<Configuration> running = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                running.add(sampler.suggest(new SamplerRequest(PLANE, Goal.MINIMIZE, finished, running, seed, 40 + i))
                        .configuration());
            }
            for (Configuration a : running) {
                sum += running.stream()
                        .filter(b -> !b.equals(a))
                        .mapToDouble(b -> Math.hypot(number(a, "x") - number(b, "x"), number(a, "y") - number(b, "y")))
                        .min()
                        .orElseThrow();
            }
        }
        return sum;
    }

    @Test
    void impossibleSettingsAreRefused() {
        assertThatThrownBy(() -> new TpeSampler(0, 24)).hasMessage("tpe.startupTrials: 0 is below 1.");
        assertThatThrownBy(() -> new TpeSampler(10, 0)).hasMessage("tpe.candidates: 0 is not in [1, 10000].");
        assertThatThrownBy(() -> SamplerSpec.parse("mode"))
                .hasMessageStartingWith("sampler: \"mode\" is not known. Known: auto, ");
    }
}
