package io.homeostat.drift.statistics.correction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.function.Function;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class EBenjaminiHochbergTest {
    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);
    private static final int FEATURES = 50;
    private static final int DRIFTED = 10;

    @Test
    void adjustsStepUp() {
        assertThat(EBenjaminiHochberg.adjust(new double[] {1, 100, 50}))
                .usingComparatorWithPrecision(1e-12)
                .containsExactly(1.0, 0.03, 0.03);
        assertThat(EBenjaminiHochberg.adjust(new double[] {0, Double.POSITIVE_INFINITY}))
                .containsExactly(1.0, 0.0);
    }

    @Test
    void anEValueOfAPValueIsHalfOverItsRoot() {
        assertThat(EBenjaminiHochberg.fromPValue(0.0001)).isEqualTo(50);
        assertThat(EBenjaminiHochberg.fromPValue(1)).isEqualTo(0.5);
        assertThat(EBenjaminiHochberg.fromPValue(0)).isInfinite();
        double mean = 0;
        for (int i = 0; i < 100_000; i++) {
            mean += EBenjaminiHochberg.fromPValue((i + 0.5) / 100_000) / 100_000;
        }
        assertThat(mean).isBetween(0.99, 1.0);
    }

    @Test
    void refusesWhatIsNoEValueOrPValue() {
        assertThatThrownBy(() -> EBenjaminiHochberg.adjust(new double[] {-1})).hasMessageContaining("-1.0 is below 0");
        assertThatThrownBy(() -> EBenjaminiHochberg.adjust(new double[] {Double.NaN}))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> EBenjaminiHochberg.fromPValue(1.1)).hasMessageContaining("1.1 is not in 0..1");
    }

    /** The mean share of false ones among those called drifted, where all tests share a noise: the worst of many seeds. */
    private static double falseDiscoveries(Function<double[], double[]> adjust, double sign, double q) {
        Random random = new Random(11);
        double total = 0;
        int runs = 4_000;
        for (int run = 0; run < runs; run++) {
            double shared = random.nextGaussian();
            double[] pValues = new double[FEATURES];
            for (int i = 0; i < FEATURES; i++) {
                double z = (i % 2 == 0 ? 1 : sign) * Math.sqrt(0.8) * shared + Math.sqrt(0.2) * random.nextGaussian();
                pValues[i] = NORMAL.cumulativeProbability(-z - (i < DRIFTED ? 4 : 0));
            }
            double[] adjusted = adjust.apply(pValues);
            int called = 0;
            int wrong = 0;
            for (int i = 0; i < FEATURES; i++) {
                called += adjusted[i] <= q ? 1 : 0;
                wrong += adjusted[i] <= q && i >= DRIFTED ? 1 : 0;
            }
            total += called == 0 ? 0 : (double) wrong / called;
        }
        return total / runs;
    }

    private static double[] calibrated(double[] pValues) {
        double[] eValues = new double[pValues.length];
        for (int i = 0; i < eValues.length; i++) {
            eValues[i] = EBenjaminiHochberg.fromPValue(pValues[i]);
        }
        return EBenjaminiHochberg.adjust(eValues);
    }

    @Test
    void falseDiscoveriesStayBelowQHoweverTheTestsDepend() {
        for (double sign : new double[] {1, -1}) {
            assertThat(falseDiscoveries(EBenjaminiHochbergTest::calibrated, sign, 0.2))
                    .isLessThan(0.2);
        }
        assertThat(falseDiscoveries(BenjaminiHochberg::adjust, 1, 0.2)).isLessThan(0.2);
    }

    @Test
    void anAdversaryBreaksBenjaminiHochbergButNotItsRuleForEValues() {
        // p-values, each uniform, that conspire: k of them at once just below q k / m (Guo, Rao 2008)
        int m = 20;
        double q = 0.2;
        double harmonic = 0;
        for (int k = 1; k <= m; k++) {
            harmonic += 1.0 / k;
        }
        Random random = new Random(3);
        int runs = 40_000;
        int byP = 0;
        int byE = 0;
        for (int run = 0; run < runs; run++) {
            double[] pValues = conspiracy(random, m, q, harmonic);
            byP += anyAtMost(BenjaminiHochberg.adjust(pValues), q) ? 1 : 0;
            byE += anyAtMost(calibrated(pValues), q) ? 1 : 0;
        }
        assertThat((double) byP / runs).isGreaterThan(0.5);
        assertThat((double) byE / runs).isLessThan(q);
    }

    /* With probability q H_m: k drawn with weight 1/k, k random ones uniform in (q (k−1)/m, q k/m], the others above q. */
    private static double[] conspiracy(Random random, int m, double q, double harmonic) {
        double[] pValues = new double[m];
        double draw = random.nextDouble();
        int k = 0;
        if (draw < q * harmonic) {
            double left = draw / q;
            while (left > 0) {
                k++;
                left -= 1.0 / k;
            }
        }
        int chosen = 0;
        for (int i = 0; i < m; i++) {
            boolean low = random.nextInt(m - i) < k - chosen;
            chosen += low ? 1 : 0;
            pValues[i] = low ? q * (k - random.nextDouble()) / m : q + (1 - q) * random.nextDouble();
        }
        return pValues;
    }

    private static boolean anyAtMost(double[] values, double bound) {
        for (double value : values) {
            if (value <= bound) {
                return true;
            }
        }
        return false;
    }
}
