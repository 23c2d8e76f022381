package io.homeostat.study.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.space.Space;
import io.homeostat.study.trial.FinishedTrial;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.math3.random.SobolSequenceGenerator;
import org.junit.jupiter.api.Test;

class SobolSamplerTest extends SamplerContract {

    @Override
    protected Sampler sampler() {
        return SamplerSpec.parse("sobol").sampler();
    }

    private static Space cube(int dimensions) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int j = 0; j < dimensions; j++) {
            map.put("x" + j, Map.of("float", List.of(0, 1)));
        }
        return Space.parse(map);
    }

    private double[][] points(int dimensions, int count, long seed) {
        return run(cube(dimensions), Goal.MINIMIZE, seed, count, configuration -> 0).stream()
                .map(trial -> trial.configuration().values().values().stream()
                        .mapToDouble(x -> (Double) x)
                        .toArray())
                .toArray(double[][]::new);
    }

    @Test
    void eachStretchOfEachAxisHasItsShare() {
        for (long seed = 0; seed < 5; seed++) {
            // when
            double[][] points = points(8, 256, seed);

            // then
            for (int j = 0; j < 8; j++) {
                int axis = j;
                assertThat(Arrays.stream(points)
                                .mapToInt(point -> (int) (point[axis] * 256))
                                .distinct()
                                .count())
                        .isEqualTo(256);
            }
        }
    }

    @Test
    void eachElementaryBoxOfTheFirstTwoAxesHasItsShare() {
        // when
        double[][] points = points(2, 64, 11);

        // then: 64 boxes of each shape have one point each
        for (int wide : new int[] {2, 8, 32}) {
            assertThat(Arrays.stream(points)
                            .map(point -> (int) (point[0] * wide) + " " + (int) (point[1] * (64 / wide)))
                            .distinct())
                    .hasSize(64);
        }
    }

    @Test
    void aMeanOverThePointsIsNearerThanOneOverRandomPoints() {
        double quasi = 0;
        double random = 0;
        for (long seed = 0; seed < 10; seed++) {
            // when
            quasi += squaredError(points(5, 128, seed));
            random += squaredError(run(cube(5), new RandomSampler(), seed));
        }

        // then
        assertThat(quasi).isLessThan(random / 20);
    }

    private static double squaredError(double[][] points) {
        double mean = Arrays.stream(points)
                .mapToDouble(point -> Arrays.stream(point).map(x -> x * x).sum())
                .average()
                .orElseThrow();
        return (mean - 5.0 / 3) * (mean - 5.0 / 3);
    }

    private static double[][] run(Space space, Sampler sampler, long seed) {
        return IntStream.range(0, 128)
                .mapToObj(i -> sampler.suggest(new SamplerRequest(space, Goal.MINIMIZE, List.of(), List.of(), seed, i)))
                .map(suggestion -> space.toUnit(suggestion.configuration()))
                .toArray(double[][]::new);
    }

    @Test
    void theFirstDigitsAreThoseOfTheSequenceFlippedAlikeForAll() {
        // given: scrambling flips the first binary digit of all points or of none
        SobolPoints points = new SobolPoints(40);
        SobolSequenceGenerator generator = new SobolSequenceGenerator(40);

        // when
        boolean[][] flipped = new boolean[40][2];
        for (int i = 0; i < 100; i++) {
            double[] plain = generator.skipTo(i);
            for (int j = 0; j < 40; j++) {
                int grayCode = i ^ i >>> 1;
                boolean flip = plain[j] < 0.5 != points.at(grayCode, j, 3) < 0.5;
                flipped[j][flip ? 1 : 0] = true;
            }
        }

        // then
        assertThat(Arrays.stream(flipped)).allMatch(each -> each[0] != each[1]);
        assertThat(Arrays.stream(flipped).filter(each -> each[1]).count()).isBetween(10L, 30L);
    }

    @Test
    void aKnownPointIsReplacedByAnother() {
        // given
        Space space = finite(0, 3);
        List<FinishedTrial> trials = run(space, Goal.MINIMIZE, 0, 4, configuration -> 1);

        // then
        assertThat(trials.stream().map(FinishedTrial::configuration)).doesNotHaveDuplicates();
        Configuration running = cubePoint(7);
        assertThat(sampler()
                        .suggest(new SamplerRequest(cube(2), Goal.MINIMIZE, List.of(), List.of(running), 5, 7))
                        .reason())
                .isEqualTo("random: point 7 of the Sobol sequence is known");
    }

    private Configuration cubePoint(int number) {
        return sampler()
                .suggest(new SamplerRequest(cube(2), Goal.MINIMIZE, List.of(), List.of(), 5, number))
                .configuration();
    }

    @Test
    void aThousandParametersAndTheLastIndexHavePoints() {
        assertThat(new SobolPoints(1000).at(Integer.MAX_VALUE, 999, 1)).isBetween(0.0, 1.0);
    }
}
