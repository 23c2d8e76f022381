package io.homeostat.study.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.homeostat.study.gp.GaussianProcess.Prediction;
import io.homeostat.study.pareto.Hypervolume;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpectedVolumeTest {
    private static final double[] NOTHING = new double[2];

    /** Points of which some dominate others and some lie beyond the reference, all at 1. */
    private static double[][] points(int objectives) {
        Random random = new Random(objectives);
        return IntStream.range(0, 12)
                .mapToObj(i -> random.doubles(objectives, 0, 1.1).toArray())
                .toArray(double[][]::new);
    }

    private static double[] reference(int objectives) {
        return IntStream.range(0, objectives).mapToDouble(k -> 1).toArray();
    }

    private static Prediction[] expected(int objectives, double shift) {
        return IntStream.range(0, objectives)
                .mapToObj(k -> new Prediction(0.2 + 0.1 * k + shift, 0.3 - 0.05 * k))
                .toArray(Prediction[]::new);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void isTheMeanOfWhatDrawnPointsAdd(int objectives) {
        // given
        double[][] points = points(objectives);
        double[] reference = reference(objectives);
        Prediction[] expected = expected(objectives, 0);
        Random random = new Random(1);
        int draws = 20_000;

        // when
        double found =
                new ExpectedVolume(points, reference).of(expected, new double[objectives], new double[objectives]);

        // then
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < draws; i++) {
            double[] drawn = new double[objectives];
            for (int k = 0; k < objectives; k++) {
                drawn[k] = expected[k].mean() + expected[k].deviation() * random.nextGaussian();
            }
            double added = Hypervolume.added(drawn, points, reference);
            sum += added / draws;
            squares += added * added / draws;
        }
        assertThat(found).isPositive().isCloseTo(sum, within(4 * Math.sqrt((squares - sum * sum) / draws)));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void slopesAreThoseOfDifferences(int objectives) {
        // given
        ExpectedVolume volume = new ExpectedVolume(points(objectives), reference(objectives));
        double[] byMean = new double[objectives];
        double[] byDeviation = new double[objectives];
        Prediction[] expected = expected(objectives, 0.1);
        double h = 1e-4;

        // when
        volume.of(expected, byMean, byDeviation);

        // then
        for (int k = 0; k < objectives; k++) {
            assertThat(byMean[k])
                    .isNegative()
                    .isCloseTo((at(volume, k, h, 0) - at(volume, k, -h, 0)) / (2 * h), within(1e-4));
            assertThat(byDeviation[k]).isCloseTo((at(volume, k, 0, h) - at(volume, k, 0, -h)) / (2 * h), within(1e-4));
        }
    }

    private static double at(ExpectedVolume volume, int k, double mean, double deviation) {
        Prediction[] expected = expected(volume.objectives(), 0.1);
        expected[k] = new Prediction(expected[k].mean() + mean, expected[k].deviation() + deviation);
        return volume.of(expected, new double[expected.length], new double[expected.length]);
    }

    @Test
    void ofACertainPointItIsWhatItAdds() {
        // given
        ExpectedVolume volume =
                new ExpectedVolume(new double[][] {{0.5, 0.5}, {0.2, 0.8}, {0.6, 0.6}}, new double[] {1, 1});

        // when
        double onTheWay = volume.of(
                new Prediction[] {new Prediction(0.4, 1e-9), new Prediction(0.6, 1e-9)}, NOTHING, NOTHING.clone());
        double behind = volume.of(
                new Prediction[] {new Prediction(0.7, 1e-9), new Prediction(0.7, 1e-9)}, NOTHING, NOTHING.clone());

        // then: between .4 and .5, and .6 and .8
        assertThat(onTheWay).isCloseTo(0.1 * 0.2, within(1e-6));
        assertThat(behind).isCloseTo(0, within(1e-6));
    }
}
