package io.homeostat.study.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.pareto.Hypervolume;
import io.homeostat.study.pareto.NonDominated;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.space.Space;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.History;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NsgaSamplerTest extends SamplerContract {
    private static final Space SPACE = space();

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

    private static double[] objectives(Configuration c) {
        double[] x = c.values().values().stream()
                .mapToDouble(value -> (Double) value)
                .toArray();
        double g = 1 + Arrays.stream(x).skip(1).map(v -> Math.abs(v - 0.4)).sum();
        return new double[] {x[0], -g * (1 - Math.sqrt(x[0] / g))};
    }

    /** The hypervolume after 120 trials that minimise the first and maximise the second objective; x5 ≤ .5 is allowed. */
    private static double volume(Object written, boolean constrained, long seed) {
        Sampler sampler = SamplerSpec.parse(written).sampler();
        History history = History.empty(SPACE, List.of(Goal.MINIMIZE, Goal.MAXIMIZE));
        for (int i = 0; i < 120; i++) {
            Suggestion next =
                    sampler.suggest(new SamplerRequest(history, List.of(), seed, i, BudgetLeft.trials(120 - i), 1));
            FinishedTrial trial = FinishedTrial.complete(i, next.configuration(), objectives(next.configuration()));
            double x5 = (Double) next.configuration().values().get("x5");
            history = history.plus((constrained ? trial.withConstraints(x5 - 0.3) : trial).withNotes(next.notes()));
        }
        double[][] points = history.stream()
                .filter(FinishedTrial::feasible)
                .map(trial -> new double[] {trial.value(0), -trial.value(1)})
                .toArray(double[][]::new);
        return Hypervolume.of(points, new double[] {1, 4});
    }

    @Test
    void geneticAndDensityBasedSearchDominateMoreThanChance() {
        for (boolean constrained : List.of(false, true)) {
            for (String name : List.of("nsga2", "nsga3", "tpe")) {
                // when
                double found = 0;
                double random = 0;
                for (long seed = 0; seed < 8; seed++) {
                    found += volume(name, constrained, seed) / 8;
                    random += volume("random", constrained, seed) / 8;
                }

                // then
                assertThat(found).as(name).isGreaterThan(random + 0.1);
            }
        }
    }

    @Test
    void aGenerationEndsWhenAsManyTrialsAsThePopulationHaveEnded() {
        // given
        Sampler sampler =
                SamplerSpec.parse(Map.of("nsga2", Map.of("population", 4))).sampler();
        History history = History.empty(SPACE, List.of(Goal.MINIMIZE, Goal.MINIMIZE));
        StringBuilder generations = new StringBuilder();

        // when
        for (int i = 0; i < 10; i++) {
            Suggestion next = sampler.suggest(new SamplerRequest(history, List.of(), 1, i, BudgetLeft.UNLIMITED, 1));
            generations.append(next.notes().get("generation"));
            history = history.plus(
                    FinishedTrial.complete(i, next.configuration(), i, -i).withNotes(next.notes()));
        }

        // then
        assertThat(generations).hasToString("0000111122");
        assertThat(sampler.suggest(new SamplerRequest(history, List.of(), 1, 10, BudgetLeft.UNLIMITED, 1))
                        .reason())
                .startsWith("nsga2: generation 2, child of trials ");
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
        double sum = 0;
        int outside = 0;
        for (int i = 0; i < 2000; i++) {
            double[] child = Variation.DEFAULT.child(axes, a, b, 6, random);
            sum += Arrays.stream(child).sum() / 6 / 2000;
            outside += (int) Arrays.stream(child).filter(x -> x < 0 || x > 1).count();
        }

        // then
        assertThat(sum).isBetween(0.2, 0.3);
        assertThat(outside).isZero();
        assertThat(NonDominated.dominates(new double[] {1, 2}, new double[] {1, 2}))
                .isFalse();
    }
}
