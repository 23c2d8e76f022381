package io.homeostat.study.sampler;

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
    private static final Space PLANE =
            Space.parse(Map.of("x", Map.of("float", List.of(-5, 10)), "y", Map.of("float", List.of(0, 15))));

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

    private static double number(Configuration configuration, String name) {
        return ((Number) configuration.values().get(name)).doubleValue();
    }

    private static double branin(Configuration c) {
        double x = number(c, "x");
        double y = number(c, "y");
        double valley = y - 5.1 / (4 * Math.PI * Math.PI) * x * x + 5 / Math.PI * x - 6;
        return valley * valley + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10;
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
        double tpe = meanBest(new TpeSampler(), PLANE, Goal.MINIMIZE, TpeSamplerTest::branin) - 0.397887;
        double random = meanBest(new RandomSampler(), PLANE, Goal.MINIMIZE, TpeSamplerTest::branin) - 0.397887;

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
        List<FinishedTrial> tpe = run(PLANE, Goal.MINIMIZE, 4, 11, TpeSamplerTest::branin);
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
    void weightsOfOldTrialsRiseFromOneOverNToOne() {
        // when
        double[] few = ParzenEstimator.weights(3);
        double[] many = ParzenEstimator.weights(28);

        // then
        assertThat(few).containsExactly(0.25, 0.25, 0.25, 0.25);
        assertThat(many[0] / many[28]).isCloseTo(1.0 / 28, within(1e-12));
        assertThat(many[1] / many[28]).isCloseTo((1 + 1.0 / 28) / 2, within(1e-12));
        assertThat(many[2]).isEqualTo(many[28]);
        assertThat(many).hasSize(29);
    }

    @Test
    void theDensityIsADensity() {
        // given
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("n", Map.of("int", List.of(1, 30), "log", true));
        map.put("kind", Map.of("categorical", List.of("a", "b", "c")));
        map.put("x", Map.of("float", List.of(0, 1)));
        Space space = Space.parse(map);
        SplittableRandom random = new SplittableRandom(2);
        List<Configuration> observations = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            observations.add(space.sample(random));
        }
        Dimensions dimensions = new Dimensions(space);
        ParzenEstimator estimator = new ParzenEstimator(dimensions, observations);

        // when
        double mass = 0;
        for (int n = 1; n <= 30; n++) {
            for (String kind : List.of("a", "b", "c")) {
                for (int i = 0; i < 200; i++) {
                    Point point = dimensions.point(space.validate(Map.of("n", n, "kind", kind, "x", (i + 0.5) / 200)));
                    mass += estimator.density(point) * point.width()[0] / 200;
                }
            }
        }

        // then
        assertThat(mass).isCloseTo(1, within(0.01));
    }

    @Test
    void impossibleSettingsAreRefused() {
        assertThatThrownBy(() -> new TpeSampler(0, 24)).hasMessage("tpe.startupTrials: 0 is below 1.");
        assertThatThrownBy(() -> new TpeSampler(10, 0)).hasMessage("tpe.candidates: 0 is not in [1, 10000].");
        assertThatThrownBy(() -> SamplerSpec.parse("mode"))
                .hasMessageStartingWith("sampler: \"mode\" is not known. Known: auto, ");
    }
}
