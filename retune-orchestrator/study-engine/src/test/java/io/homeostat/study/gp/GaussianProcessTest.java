package io.homeostat.study.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GaussianProcessTest {
    private static final boolean[] NUMERIC = {false, false, false};
    private static final SplittableRandom RANDOM = new SplittableRandom(3);

    private static double f(double[] x, int from) {
        return Math.sin(6 * x[from]) + x[from + 1];
    }

    private static double[] points(int n) {
        return RANDOM.doubles(3L * n).toArray();
    }

    private static double[] values(double[] x) {
        double[] y = new double[x.length / 3];
        for (int i = 0; i < y.length; i++) {
            y[i] = f(x, 3 * i);
        }
        return y;
    }

    @Test
    void solvesWithTheFactorAndTheInverse() {
        // given
        double[] a = {4, 2, 0.6, 2, 5, 1, 0.6, 1, 3};
        double[] b = {1, 2, 3};

        // when
        Cholesky cholesky = Cholesky.of(a, 3);
        double[] x = cholesky.solve(b);
        double[] inverse = cholesky.inverse();

        // then
        for (int i = 0; i < 3; i++) {
            assertThat(a[3 * i] * x[0] + a[3 * i + 1] * x[1] + a[3 * i + 2] * x[2])
                    .isCloseTo(b[i], within(1e-12));
            assertThat(inverse[3 * i] * b[0] + inverse[3 * i + 1] * b[1] + inverse[3 * i + 2] * b[2])
                    .isCloseTo(x[i], within(1e-12));
        }
        assertThat(cholesky.logDeterminant()).isCloseTo(Math.log(44.6), within(1e-12));
    }

    @Test
    void aSingularMatrixIsHelpedOverRounding() {
        // when
        double[] x = Cholesky.of(new double[] {1, 1, 1, 1}, 2).solve(new double[] {1, 1});

        // then
        assertThat(x[0] + x[1]).isCloseTo(1, within(1e-6));
    }

    @Test
    void predictsASmoothFunctionAndKnowsWhichCoordinateMatters() {
        // given
        double[] x = points(60);
        double[] y = values(x);

        // when
        Hyperparameters fit = MarginalLikelihood.fit(x, y, NUMERIC, 40);
        GaussianProcess process = new GaussianProcess(x, y, fit, NUMERIC);

        // then
        double[] lengths = fit.lengths();
        assertThat(lengths[0]).isLessThan(lengths[1]);
        assertThat(lengths[2]).isGreaterThan(3 * lengths[0]);
        double[] there = {0.4, 0.6, 0.5};
        assertThat(process.predict(there).mean()).isCloseTo(f(there, 0), within(0.03));
        assertThat(process.predict(there).deviation()).isLessThan(0.1);
    }

    @Test
    void gradientsAreThoseOfDifferences() {
        // given
        double[] x = points(20);
        GaussianProcess process =
                new GaussianProcess(x, values(x), new Hyperparameters(new double[] {0.4, 0.8, 1}, 1e-3), NUMERIC);
        double[] byMean = new double[3];
        double[] byDeviation = new double[3];
        double[] there = {0.31, 0.62, 0.43};

        // when
        process.predict(there, byMean, byDeviation);

        // then
        for (int j = 0; j < 3; j++) {
            double[] more = there.clone();
            more[j] += 1e-6;
            double[] less = there.clone();
            less[j] -= 1e-6;
            assertThat(byMean[j])
                    .isCloseTo(
                            (process.predict(more).mean()
                                            - process.predict(less).mean())
                                    / 2e-6,
                            within(1e-5));
            assertThat(byDeviation[j])
                    .isCloseTo(
                            (process.predict(more).deviation()
                                            - process.predict(less).deviation())
                                    / 2e-6,
                            within(1e-5));
        }
    }

    @Test
    void acquisitionsHaveTheirSlopesAndStayFiniteFarOut() {
        for (Acquisition acquisition : Acquisition.values()) {
            for (double mean : new double[] {-3, -0.2, 0, 0.7, 4, 15}) {
                // when
                Acquisition.Score score = at(acquisition, mean, 0.5);

                // then
                double byMean = (at(acquisition, mean + 1e-4, 0.5).value()
                                - at(acquisition, mean - 1e-4, 0.5).value())
                        / 2e-4;
                double byDeviation = (at(acquisition, mean, 0.5001).value()
                                - at(acquisition, mean, 0.4999).value())
                        / 2e-4;
                assertThat(score.byMean()).isCloseTo(byMean, within(2e-3 * Math.max(1, Math.abs(byMean))));
                assertThat(score.byDeviation())
                        .isCloseTo(byDeviation, within(2e-3 * Math.max(1, Math.abs(byDeviation))));
            }
            assertThat(at(acquisition, 1e6, 1e-3).value()).isFinite();
            assertThat(at(acquisition, -1e6, 1e-3).byMean()).isFinite();
        }
        assertThat(at(Acquisition.EI, 0, 1).value()).isCloseTo(0.3989423, within(1e-6));
    }

    private static Acquisition.Score at(Acquisition acquisition, double mean, double deviation) {
        return acquisition.of(new GaussianProcess.Prediction(mean, deviation), 0, 2);
    }

    @Test
    void warpKeepsTheOrderAndTamesOutliers() {
        // given
        double[] values = RANDOM.doubles(50).map(u -> Math.exp(12 * u)).toArray();
        values[7] = Double.MAX_VALUE;
        values[9] = -40;

        // when
        Warp warp = new Warp(Arrays.copyOf(values, 50));

        // then
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        for (int i = 1; i < 50; i++) {
            assertThat(warp.apply(sorted[i])).isGreaterThanOrEqualTo(warp.apply(sorted[i - 1]));
        }
        assertThat(warp.apply(Double.MAX_VALUE)).isLessThan(4);
        assertThat(new Warp(new double[] {5, 5, 5}).apply(5)).isZero();
    }

    @Test
    void aMinimumAtTheBorderOfTheBoxIsFound() {
        // when
        BoxMinimizer.Minimum found = BoxMinimizer.minimize(
                (x, gradient) -> {
                    gradient[0] = 2 * (x[0] - 3) + (x[1] - 0.3);
                    gradient[1] = 20 * (x[1] - 0.3) + (x[0] - 3);
                    return (x[0] - 3) * (x[0] - 3) + 10 * (x[1] - 0.3) * (x[1] - 0.3) + (x[0] - 3) * (x[1] - 0.3);
                },
                new double[] {0.1, 0.9},
                new double[] {0, 0},
                new double[] {1, 1},
                0.1,
                60,
                1e-10);

        // then
        assertThat(found.x()[0]).isEqualTo(1);
        assertThat(found.x()[1]).isCloseTo(0.4, within(1e-3));
    }

    @Test
    void knowingMovesNoMeanAndLeavesNoDoubtAtThePoints() {
        // given: noisy values
        double[] x = points(12);
        GaussianProcess process =
                new GaussianProcess(x, values(x), new Hyperparameters(new double[] {0.4, 0.8, 1}, 0.3), NUMERIC);
        double[] believed = {0.3, 0.3, 0.3, 0.9, 0.1, 0.5};

        // when
        GaussianProcess sure = process.knowing(believed);

        // then
        for (double[] place : new double[][] {{0.3, 0.3, 0.3}, {0.31, 0.3, 0.3}, {0.7, 0.2, 0.9}}) {
            assertThat(sure.predict(place).mean())
                    .isCloseTo(process.predict(place).mean(), within(1e-9));
            assertThat(sure.predict(place).deviation())
                    .isLessThan(process.predict(place).deviation());
        }
        assertThat(sure.predict(new double[] {0.3, 0.3, 0.3}).deviation()).isLessThan(2e-3);
        assertThat(sure.predict(Arrays.copyOf(x, 3)).deviation()).isLessThan(2e-3);
        assertThat(process.predict(Arrays.copyOf(x, 3)).deviation()).isGreaterThan(0.05);
        assertThat(sure.size()).isEqualTo(12);
    }
}
