package io.homeostat.study.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.pareto.Hypervolume;
import io.homeostat.study.space.Space;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.History;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NsgaSamplerTest extends SamplerContract {
    private static final Space SPACE = space();
    private static final List<Goal> BOTH = List.of(Goal.MINIMIZE, Goal.MAXIMIZE);

    private static Space space() {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int j = 0; j < 6; j++) {
            map.put("x" + j, Map.of("float", List.of(0, 1)));
        }
        return Space.parse(map);
    }

    @Override
    protected Sampler sampler() {
        return SamplerSpec.parse("nsga2").sampler();
    }

    private static double[] objectives(double[] x) {
        double g = 1 + Arrays.stream(x).skip(1).map(v -> Math.abs(v - 0.4)).sum();
        return new double[] {x[0], -g * (1 - Math.sqrt(x[0] / g))};
    }

    /** 120 trials that minimise the first and maximise the second objective; constrained: three parameters are bounded. */
    private static History study(String name, boolean constrained, long seed) {
        Sampler sampler = SamplerSpec.parse(name).sampler();
        History history = History.empty(SPACE, BOTH);
        for (int i = 0; i < 120; i++) {
            Suggestion next =
                    sampler.suggest(new SamplerRequest(history, List.of(), seed, i, BudgetLeft.trials(120 - i), 1));
            double[] x = SPACE.toUnit(next.configuration());
            FinishedTrial trial = FinishedTrial.complete(i, next.configuration(), objectives(x));
            history = history.plus(constrained ? trial.withConstraints(x[5] - 0.3, x[4] - 0.5, 0.3 - x[3]) : trial);
        }
        return history;
    }

    private static double volume(History history) {
        double[][] points = history.stream()
                .filter(FinishedTrial::feasible)
                .map(trial -> new double[] {trial.value(0), -trial.value(1)})
                .toArray(double[][]::new);
        return Hypervolume.of(points, new double[] {1, 4});
    }

    @Test
    void geneticAndDensityBasedSearchDominateMoreThanChance() {
        for (boolean constrained : List.of(false, true)) {
            double random = mean("random", constrained);
            for (String name : List.of("nsga2", "nsga3", "tpe")) {
                // when
                double found = mean(name, constrained);

                // then
                assertThat(found).as("%s, constrained: %s", name, constrained).isGreaterThan(random + 0.1);
            }
        }
    }

    private static double mean(String name, boolean constrained) {
        return IntStream.range(0, 8)
                .mapToDouble(seed -> volume(study(name, constrained, seed)))
                .average()
                .orElseThrow();
    }

    @Test
    void theFirstAreRandomAndThenTheBestHaveChildren() {
        // given: 120 trials have a population of 16
        History history = study("nsga2", false, 1);

        // when
        Suggestion before = next(History.of(SPACE, BOTH, history.subList(0, 15)), 15);
        Suggestion after = next(History.of(SPACE, BOTH, history.subList(0, 16)), 16);

        // then
        assertThat(before.reason()).isEqualTo("random: 15 of the first 16 trials are complete");
        assertThat(after.reason()).matches("nsga2: child of trials \\d+ and \\d+");
    }

    private static Suggestion next(History history, int number) {
        return SamplerSpec.parse("nsga2")
                .sampler()
                .suggest(new SamplerRequest(history, List.of(), 1, number, BudgetLeft.trials(120 - number), 1));
    }

    @Test
    void onlyTheBestAreParents() {
        // given: no trial beats every fourth one, nor the first three
        History history = History.empty(SPACE, BOTH);
        for (int i = 0; i < 60; i++) {
            boolean good = i % 4 == 3;
            double[] x = {i / 60.0, 0.5, 0.5, 0.5, 0.5, 0.5};
            history = history.plus(FinishedTrial.complete(i, SPACE.fromUnit(x), i, good ? i : i - 100));
        }

        for (int seed = 0; seed < 30; seed++) {
            // when
            String reason = sampler()
                    .suggest(new SamplerRequest(history, List.of(), seed, 60, BudgetLeft.trials(40), 1))
                    .reason();

            // then
            for (String parent : reason.replaceAll("\\D+", " ").trim().split(" ")) {
                int number = Integer.parseInt(parent);
                assertThat(number % 4 == 3 || number < 3).as(reason).isTrue();
            }
        }
    }

    @Test
    void theSkybandHoldsWhateverMayBeAmongTheBestHoweverItGrew() {
        SplittableRandom random = new SplittableRandom(8);
        for (int seed = 0; seed < 20; seed++) {
            // given
            List<FinishedTrial> trials = new ArrayList<>();
            for (int i = 0; i < 120; i++) {
                FinishedTrial trial =
                        FinishedTrial.complete(i, SPACE.sample(random), random.nextInt(12), random.nextInt(12));
                trials.add(random.nextInt(3) == 0 ? trial.withConstraints(random.nextInt(4)) : trial);
            }
            History history = History.of(SPACE, BOTH, trials);
            List<FinishedTrial> shuffled = new ArrayList<>(trials);
            Collections.shuffle(shuffled, new Random(seed));
            History other = History.of(SPACE, BOTH, shuffled);

            // when
            int[] ofAll = Fronts.best(history, IntStream.range(0, 120).toArray(), 10, LastFront.LONELIEST);
            int[] ofFew = Fronts.best(other, other.derive(new Skyband.Of(10)).members(), 10, LastFront.LONELIEST);

            // then
            assertThat(Arrays.stream(ofFew).mapToObj(other::get))
                    .containsExactlyInAnyOrderElementsOf(
                            Arrays.stream(ofAll).mapToObj(history::get).toList());
            assertThat(other.derive(new Skyband.Of(10)).complete()).isEqualTo(120);
        }
    }

    @Test
    void theThirdFillsDirectionsEvenly() {
        // given
        double[][] front = new double[101][];
        for (int i = 0; i <= 100; i++) {
            double x = i / 100.0;
            front[i] = new double[] {x * x, (1 - x) * (1 - x)};
        }

        // when
        int[] chosen = LastFront.SPREAD.some(new double[0][], front, 5);

        // then
        assertThat(Arrays.stream(chosen).sorted()).contains(0, 100, 50);
        assertThat(chosen).doesNotHaveDuplicates().hasSize(5);
    }

    @Test
    void childrenLieBetweenAndAroundTheirParents() {
        // given
        History history = History.empty(SPACE, List.of(Goal.MINIMIZE));
        List<Axis> axes = history.derive(Axes.OF_SPACE).axes();
        double[] a = {0.2, 0.2, 0.2, 0.2, 0.2, 0.2};
        double[] b = {0.4, 0.4, 0.4, 0.4, 0.4, 0.4};
        SplittableRandom random = new SplittableRandom(1);

        // when
        double[] all = IntStream.range(0, 2000)
                .mapToObj(i -> Variation.DEFAULT.child(axes, a, b, random))
                .flatMapToDouble(Arrays::stream)
                .toArray();

        // then: half of the mixed coordinates are the first parent's, the others around both; a sixth is mutated
        assertThat(Arrays.stream(all).average().orElseThrow()).isBetween(0.22, 0.33);
        assertThat(Arrays.stream(all)).allMatch(x -> x >= 0 && x <= 1);
        assertThat(Arrays.stream(all).filter(x -> x == 0.2).count()).isBetween(all.length / 3L, all.length * 2L / 3);
    }
}
