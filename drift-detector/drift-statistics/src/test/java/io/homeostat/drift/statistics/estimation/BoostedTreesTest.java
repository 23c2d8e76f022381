package io.homeostat.drift.statistics.estimation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BoostedTreesTest {
    private static double[][] rows(int n, Random random) {
        double[][] rows = new double[n][];
        for (int i = 0; i < n; i++) {
            rows[i] = new double[] {random.nextDouble(), random.nextDouble(), random.nextDouble()};
        }
        return rows;
    }

    private static double truth(double[] row) {
        return Math.sin(6 * row[0]) + (row[1] > 0.5 ? 2 * row[0] : 0);
    }

    @Test
    void learnsAnInteractionAndForgetsNoise() {
        for (int seed = 0; seed < 5; seed++) {
            // given
            Random random = new Random(seed);
            double[][] rows = rows(3_000, random);
            double[] target = new double[rows.length];
            for (int i = 0; i < rows.length; i++) {
                target[i] = truth(rows[i]) + 0.3 * random.nextGaussian();
            }
            // when
            BoostedTrees trees = BoostedTrees.fit(rows, target);
            // then
            double squares = 0;
            double spread = 0;
            for (double[] row : rows(1_000, random)) {
                squares += Math.pow(trees.predict(row) - truth(row), 2) / 1_000;
                spread += Math.pow(truth(row) - 0.6, 2) / 1_000;
            }
            assertThat(squares).isLessThan(0.03 * spread);
        }
    }

    @Test
    void isTheSameFromItsBytesAndForTheSameRows() {
        double[][] rows = rows(300, new Random(1));
        double[] target = new Random(2).doubles(300).toArray();
        BoostedTrees trees = BoostedTrees.fit(rows, target);
        BoostedTrees restored = BoostedTrees.fromBytes(trees.toBytes());
        assertThat(restored.predict(rows[7])).isEqualTo(trees.predict(rows[7]));
        assertThat(BoostedTrees.fit(rows, target).toBytes()).isEqualTo(restored.toBytes());
    }

    @Test
    void missingConstantAndFewRowsGiveTheMean() {
        double[][] rows = {{Double.NaN, 1}, {Double.NaN, 1}, {Double.NaN, 1}};
        BoostedTrees trees = BoostedTrees.fit(rows, new double[] {1, 2, 6});
        assertThat(trees.predict(new double[] {5, Double.NaN})).isCloseTo(3, within(1e-12));
    }
}
