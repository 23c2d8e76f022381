package io.homeostat.study.pareto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ParetoTest {

    private static double[][] random(int n, int objectives, int grid, SplittableRandom random) {
        double[][] points = new double[n][objectives];
        for (double[] point : points) {
            Arrays.setAll(point, k -> random.nextInt(grid) / (double) grid);
        }
        return points;
    }

    @Test
    void eachFrontIsDominatedByTheOneBeforeOnly() {
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 60; round++) {
            // given
            double[][] points = random(40, 1 + round % 4, 8, random);

            // when
            List<int[]> fronts = NonDominated.fronts(points);

            // then
            assertThat(fronts.stream().mapToInt(front -> front.length).sum()).isEqualTo(40);
            boolean[] gone = new boolean[40];
            for (int[] front : fronts) {
                int[] expected = IntStream.range(0, 40)
                        .filter(i -> !gone[i])
                        .filter(i -> IntStream.range(0, 40)
                                .noneMatch(j -> !gone[j] && NonDominated.dominates(points[j], points[i])))
                        .toArray();
                assertThat(front).isEqualTo(expected);
                Arrays.stream(front).forEach(i -> gone[i] = true);
            }
        }
    }

    /** Counts the cells of the grid that some point dominates. */
    private static double counted(double[][] points, int grid, int objectives) {
        int cells = (int) Math.pow(grid, objectives);
        int dominated = 0;
        for (int cell = 0; cell < cells; cell++) {
            double[] corner = new double[objectives];
            int rest = cell;
            for (int k = 0; k < objectives; k++) {
                corner[k] = rest % grid / (double) grid;
                rest /= grid;
            }
            boolean any = Arrays.stream(points)
                    .anyMatch(point -> Arrays.equals(point, corner) || NonDominated.dominates(point, corner));
            dominated += any ? 1 : 0;
        }
        return (double) dominated / cells;
    }

    @Test
    void theVolumeIsExact() {
        SplittableRandom random = new SplittableRandom(2);
        for (int objectives = 1; objectives <= 4; objectives++) {
            for (int n = 1; n <= 24; n++) {
                // given
                double[][] points = random(n, objectives, 8, random);
                double[] reference = new double[objectives];
                Arrays.fill(reference, 1);

                // when
                double volume = Hypervolume.of(points, reference);

                // then
                assertThat(volume).isCloseTo(counted(points, 8, objectives), within(1e-9));
            }
        }
    }

    @Test
    void contributionsAreWhatIsLost() {
        SplittableRandom random = new SplittableRandom(3);
        for (int objectives = 2; objectives <= 4; objectives++) {
            // given
            double[][] points = random(12, objectives, 16, random);
            double[] reference = new double[objectives];
            Arrays.fill(reference, 1);

            // when
            double[] contributions = Hypervolume.contributions(points, reference);

            // then
            for (int i = 0; i < 12; i++) {
                double[][] others = points.clone();
                others[i] = reference;
                assertThat(contributions[i])
                        .isCloseTo(Hypervolume.of(points, reference) - Hypervolume.of(others, reference), within(1e-9));
            }
        }
    }

    @Test
    void aSubsetIsTakenGreedily() {
        // given
        SplittableRandom random = new SplittableRandom(4);
        double[][] points = random(20, 3, 1000, random);
        double[] reference = {1, 1, 1};

        // when
        int[] subset = Hypervolume.subset(points, 8, reference);

        // then
        double[][] chosen = {};
        for (int taken : subset) {
            double[][] before = chosen;
            double best = Arrays.stream(points)
                    .mapToDouble(point -> Hypervolume.added(point, before, reference))
                    .max()
                    .orElseThrow();
            assertThat(Hypervolume.added(points[taken], chosen, reference)).isCloseTo(best, within(1e-12));
            chosen = Arrays.copyOf(chosen, chosen.length + 1);
            chosen[chosen.length - 1] = points[taken];
        }
        assertThat(subset).doesNotHaveDuplicates();
    }

    @Test
    void pointsAtOrBeyondTheReferenceDoNotCount() {
        assertThat(Hypervolume.of(new double[][] {{1, 0}, {0, 2}}, new double[] {1, 1}))
                .isZero();
        assertThat(Hypervolume.of(new double[][] {}, new double[] {1, 1})).isZero();
    }

    @Test
    void endsAreInfinitelyLonely() {
        // when
        double[] distances = Crowding.distances(new double[][] {{0, 10}, {1, 6}, {4, 5}, {10, 0}});

        // then
        assertThat(distances[0]).isInfinite();
        assertThat(distances[3]).isInfinite();
        assertThat(distances[1]).isCloseTo(0.4 + 0.5, within(1e-12));
        assertThat(distances[2]).isCloseTo(0.9 + 0.6, within(1e-12));
    }

    @Test
    void directionsSumToOne() {
        assertThat(ReferencePoints.lattice(3, 4)).hasNumberOfRows(15);
        assertThat(ReferencePoints.atMost(3, 50)).hasNumberOfRows(45);
        assertThat(ReferencePoints.atMost(1, 50)).hasNumberOfRows(1);
        assertThat(ReferencePoints.atMost(5, 3)).hasNumberOfRows(5);
        for (double[] direction : ReferencePoints.lattice(4, 3)) {
            assertThat(Arrays.stream(direction).sum()).isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void theOutermostOfEvenlySpreadPointsCountLikeTheOthers() {
        for (int n : new int[] {2, 3, 6}) {
            // given: points on a line
            int count = n;
            double[][] points = IntStream.range(0, n)
                    .mapToObj(i -> new double[] {7 + 3.0 * i / (count - 1), 2 - 50.0 * i / (count - 1)})
                    .toArray(double[][]::new);

            // when
            double[] alone = Hypervolume.contributions(points, Hypervolume.referenceFor(points));

            // then
            for (double each : alone) {
                assertThat(each).isCloseTo(alone[0], within(1e-9));
            }
        }
    }
}
