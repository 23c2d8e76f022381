package io.homeostat.study.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.space.Configuration;
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
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class ParzenEstimatorTest {
    private static final Space SPACE = space();

    private static Space space() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("n", Map.of("int", List.of(1, 30), "log", true));
        map.put("kind", Map.of("categorical", List.of("a", "b", "c"), "weights", List.of(2, 1, 1)));
        map.put("x", Map.of("float", List.of(0, 1)));
        map.put("y", Map.of("float", List.of(0, 1), "when", Map.of("kind", List.of("a", "b"))));
        return Space.parse(map);
    }

    private static History history(int trials, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        History history = History.empty(SPACE, List.of(Goal.MINIMIZE));
        for (int i = 0; i < trials; i++) {
            history = history.plus(FinishedTrial.complete(i, SPACE.sample(random), random.nextDouble()));
        }
        return history;
    }

    private static List<Axis> axes(History history) {
        return history.derive(Axes.OF_SPACE).all().get(0);
    }

    private static double[][] places(History history, List<Axis> axes) {
        double[][] places = new double[axes.size()][history.size()];
        for (int j = 0; j < places.length; j++) {
            Axis axis = axes.get(j);
            Arrays.setAll(places[j], i -> axis.place(history.unit(i, axis.index())));
        }
        return places;
    }

    private static ParzenEstimator estimator(History history, double[] weights) {
        List<Axis> axes = axes(history);
        double[][] places = places(history, axes);
        int[][] sorted = new int[places.length][];
        Arrays.setAll(sorted, j -> Observations.sorted(new int[0], places[j], 0));
        return new ParzenEstimator(axes, places, sorted, weights, weights.length);
    }

    private static Point point(History history, Configuration configuration) {
        double[] unit = SPACE.toUnit(configuration);
        return Point.at(
                axes(history),
                axes(history).stream()
                        .mapToDouble(axis -> axis.place(unit[axis.index()]))
                        .toArray());
    }

    /** The definition, kernel by kernel. */
    private static double density(History history, double[] weights, Point at) {
        List<Axis> axes = axes(history);
        double[][] places = places(history, axes);
        int n = weights.length;
        double sum = 0;
        double all = 1;
        for (int i = 0; i <= n; i++) {
            double product = i < n ? weights[i] : 1;
            all += i < n ? weights[i] : 0;
            for (int j = 0; j < axes.size(); j++) {
                product *= factor(axes.get(j), i < n ? places[j][i] : Double.NaN, places[j], at, j);
            }
            sum += product;
        }
        return sum / all;
    }

    private static double factor(Axis axis, double centre, double[] places, Point at, int j) {
        double x = at.place()[j];
        int n = places.length;
        if (Double.isNaN(x)) {
            return 1;
        }
        if (axis.categorical()) {
            double share = axis.share((int) x);
            double even = axis.choices() / (n + 1.0);
            return Double.isNaN(centre) ? share : (even * share + (centre == x ? 1 : 0)) / (even + 1);
        }
        double left = Arrays.stream(places).filter(p -> p < centre).max().orElse(centre);
        double right = Arrays.stream(places).filter(p -> p > centre).min().orElse(centre);
        double gap = Math.max(centre - left, right - centre);
        double sigma = Double.isNaN(centre) ? 1 : Math.min(1, Math.max(1.0 / Math.min(100, n + 2), gap));
        NormalDistribution kernel = new NormalDistribution(Double.isNaN(centre) ? 0.5 : centre, sigma);
        double inside = kernel.probability(0, 1);
        double from = at.from()[j];
        double width = at.width()[j];
        return (width > 0 ? kernel.probability(from, from + width) / width : kernel.density(x)) / inside;
    }

    @Test
    void isTheSumOfItsKernels() {
        for (long seed = 0; seed < 20; seed++) {
            // given
            History history = history(3 + 10 * (int) seed, seed);
            double[] weights = Weights.of(history.size());
            ParzenEstimator estimator = estimator(history, weights);
            SplittableRandom random = new SplittableRandom(seed);

            for (int i = 0; i < 10; i++) {
                // when
                Point at = point(history, SPACE.sample(random));

                // then
                assertThat(estimator.logDensity(at)).isCloseTo(Math.log(density(history, weights, at)), within(0.002));
            }
        }
    }

    @Test
    void isADensity() {
        // given
        History history = history(40, 2);
        ParzenEstimator estimator = estimator(history, Weights.of(40));

        // when
        double mass = 0;
        for (int n = 1; n <= 30; n++) {
            for (int i = 0; i < 100; i++) {
                double x = (i + 0.5) / 100;
                for (int k = 0; k < 20; k++) {
                    double y = (k + 0.5) / 20;
                    for (String kind : List.of("a", "b")) {
                        Point at = point(history, SPACE.validate(Map.of("n", n, "kind", kind, "x", x, "y", y)));
                        mass += Math.exp(estimator.logDensity(at)) * at.width()[0] / 2000;
                    }
                }
                Point at = point(history, SPACE.validate(Map.of("n", n, "kind", "c", "x", x)));
                mass += Math.exp(estimator.logDensity(at)) * at.width()[0] / 100;
            }
        }

        // then
        assertThat(mass).isCloseTo(1, within(0.01));
    }

    @Test
    void drawsFollowTheDensity() {
        // given
        History history = history(10, 3);
        ParzenEstimator estimator = estimator(history, Weights.of(10));
        SplittableRandom random = new SplittableRandom(1);

        // when
        double[] shares = new double[3];
        for (int i = 0; i < 20_000; i++) {
            shares[(int) estimator.draw(random)[1]] += 1.0 / 20_000;
        }

        // then
        double[] expected = new double[3];
        for (int i = 0; i < 10; i++) {
            Object kind = history.get(i).configuration().value("kind").orElseThrow();
            double even = 3.0 / 11;
            for (int k = 0; k < 3; k++) {
                double share = k == 0 ? 0.5 : 0.25;
                expected[k] +=
                        (even * share + (kind.equals(List.of("a", "b", "c").get(k)) ? 1 : 0)) / (even + 1) / 11;
            }
        }
        assertThat(shares[0]).isCloseTo(expected[0] + 0.5 / 11, within(0.015));
        assertThat(shares[1]).isCloseTo(expected[1] + 0.25 / 11, within(0.015));
    }

    @Test
    void hundredsOfAxesAreNoObstacle() {
        // given
        Map<String, Object> map = new LinkedHashMap<>();
        for (int j = 0; j < 500; j++) {
            map.put("x" + j, Map.of("float", List.of(0, 1)));
        }
        Space wide = Space.parse(map);
        SplittableRandom random = new SplittableRandom(5);
        List<FinishedTrial> finished = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            finished.add(FinishedTrial.complete(i, wide.sample(random), i));
        }

        // when
        String reason = new TpeSampler()
                .suggest(new SamplerRequest(wide, Goal.MINIMIZE, finished, List.of(), 1, 200))
                .reason();

        // then
        assertThat(reason).doesNotContain("NaN").doesNotContain("Infinity");
    }

    @Test
    void observationsAreTheSameWhetherFoundAtOnceOrTrialByTrialInAnyOrder() {
        // given
        List<FinishedTrial> trials = new ArrayList<>(history(1500, 4));
        List<FinishedTrial> shuffled = new ArrayList<>(trials);
        for (int i = 0; i + 4 <= shuffled.size(); i += 4) {
            Collections.shuffle(shuffled.subList(i, i + 4), new Random(i));
        }
        History history = History.empty(SPACE, List.of(Goal.MINIMIZE));
        Observations.Of wanted = new Observations.Of(axes(history), 0);

        for (int i = 0; i < shuffled.size(); i++) {
            // when
            history = history.plus(shuffled.get(i));
            Observations found = history.derive(wanted);

            // then
            if (i % 100 == 99) {
                Observations again = History.of(SPACE, List.of(Goal.MINIMIZE), trials.subList(0, i + 1))
                        .derive(wanted);
                assertThat(found.size()).isEqualTo(again.size()).isLessThanOrEqualTo(512);
                assertThat(found.total()).isEqualTo(i + 1);
                for (int j = 0; j < 4; j++) {
                    assertThat(found.places(j)).isEqualTo(again.places(j));
                    assertThat(found.sorted(j)).isEqualTo(again.sorted(j));
                }
            }
        }
    }

    @Test
    void olderObservationsStandForThoseLeftOut() {
        // when
        Observations found = history(1500, 4).derive(new Observations.Of(axes(history(1, 1)), 0));

        // then
        int sum = 0;
        for (int i = 0; i < found.size(); i++) {
            sum += found.standsFor(i);
        }
        assertThat(found.size()).isEqualTo(256 + (1500 - 256 + 7) / 8);
        assertThat(sum).isBetween(1500, 1507);
        assertThat(found.standsFor(found.size() - 256)).isEqualTo(1);
        assertThat(found.standsFor(found.size() - 257)).isEqualTo(8);
    }

    @Test
    void weightsOfOldTrialsRiseFromOneOverNToOne() {
        // when
        double[] many = Weights.of(28);

        // then
        assertThat(Weights.of(3)).containsExactly(1, 1, 1);
        assertThat(many[0]).isCloseTo(1.0 / 28, within(1e-12));
        assertThat(many[1]).isCloseTo((1 + 1.0 / 28) / 2, within(1e-12));
        assertThat(many[2]).isEqualTo(1);
    }

    @Test
    void theMassBetweenTwoPointsIsThatOfTheNormalDistribution() {
        // given
        NormalDistribution exact = new NormalDistribution();

        for (double a = -9; a < 9; a += 0.37) {
            for (double width = 0.1; width < 4; width *= 1.7) {
                // when
                double mass = Normal.between(a, a + width);

                // then
                assertThat(mass).isCloseTo(exact.probability(a, a + width), within(1e-8));
                double mean = Math.log(exact.probability(a, a + width) / width * Math.sqrt(2 * Math.PI));
                assertThat(SteppedKernels.logMean(a, width)).isCloseTo(mean, within(mean < -20 ? 1 : 0.001));
            }
        }
    }
}
