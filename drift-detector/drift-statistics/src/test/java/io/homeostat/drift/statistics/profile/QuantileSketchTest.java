package io.homeostat.drift.statistics.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class QuantileSketchTest {
    @Test
    void isExactUntilTheFirstCompaction() {
        // given
        QuantileSketch sketch = QuantileSketch.seeded(1);
        // when
        for (int i = 1; i <= 100; i++) {
            sketch.update(i);
        }
        // then
        assertThat(sketch.rankError()).isZero();
        assertThat(sketch.rank(25)).isEqualTo(0.25);
        assertThat(sketch.quantile(0.5)).isEqualTo(50);
        assertThat(sketch.quantile(0)).isEqualTo(1);
        assertThat(sketch.quantile(1)).isEqualTo(100);
    }

    @Test
    void ranksStayWithinTheBoundOverManySeedsAndMerges() {
        int off = 0;
        for (int seed = 0; seed < 30; seed++) {
            // given
            Random random = new Random(seed);
            QuantileSketch merged = QuantileSketch.seeded(seed);
            // when
            for (int part = 0; part < 4; part++) {
                QuantileSketch sketch = QuantileSketch.seeded(seed * 10L + part);
                for (int i = 0; i < 10_000; i++) {
                    sketch.update(random.nextDouble());
                }
                merged.merge(sketch);
            }
            // then
            assertThat(merged.n()).isEqualTo(40_000);
            assertThat(merged.retained()).isLessThan(1400);
            for (double q = 0.1; q < 1; q += 0.2) {
                off += Math.abs(merged.rank(q) - q) > merged.rankError() + 0.008 ? 1 : 0;
            }
        }
        assertThat(off).isLessThanOrEqualTo(3);
    }

    @Test
    void equalUpdatesGiveEqualBytesAlsoAcrossARestore() {
        // given
        QuantileSketch straight = QuantileSketch.seeded(7);
        QuantileSketch restored = QuantileSketch.seeded(7);
        Random random = new Random(1);
        // when
        for (int i = 0; i < 20_000; i++) {
            double value = random.nextGaussian();
            straight.update(value);
            restored.update(value);
            if (i % 3_333 == 0) {
                restored.quantile(0.5);
                restored = QuantileSketch.fromBytes(restored.toBytes());
            }
        }
        // then
        assertThat(restored.toBytes()).isEqualTo(straight.toBytes());
        assertThat(restored.quantile(0.5)).isCloseTo(0, within(0.03));
    }

    @Test
    void ranksStayWithinTheBoundAtEveryLength() {
        for (int n : new int[] {300, 1_000, 3_000, 10_000, 100_000, 1_000_000}) {
            int off = 0;
            for (int seed = 0; seed < 20; seed++) {
                // given
                QuantileSketch sketch = QuantileSketch.seeded(seed);
                Random random = new Random(seed);
                // when
                for (int i = 0; i < n; i++) {
                    sketch.update(random.nextInt(1 << 24));
                }
                // then
                double point = (1 << 24) * 0.3;
                double chance = 3 * Math.sqrt(0.21 / n);
                off += Math.abs(sketch.rank(point) - 0.3) > chance + bound() ? 1 : 0;
                assertThat(sketch.retained()).isLessThan(1400);
            }
            assertThat(off).as("of 20 at n = " + n).isLessThanOrEqualTo(1);
        }
    }

    private static double bound() {
        return 2.296 / Math.pow(QuantileSketch.DEFAULT_K, 0.9723);
    }

    @Test
    void theSmallestSketchGoesOnForEver() {
        // given
        QuantileSketch sketch = new QuantileSketch(8, 1);
        // when
        for (int i = 0; i < 100_000; i++) {
            sketch.update(i);
        }
        // then
        assertThat(sketch.n()).isEqualTo(100_000);
        assertThat(sketch.retained()).isLessThan(300);
        assertThat(sketch.quantile(0.5)).isBetween(20_000.0, 80_000.0);
    }

    @Test
    void refusesWhatIsNoNumberAndDamagedBytes() {
        QuantileSketch sketch = QuantileSketch.seeded(1);
        assertThatThrownBy(() -> sketch.update(Double.NaN)).hasMessageContaining("NaN is not a finite number");
        assertThatThrownBy(() -> QuantileSketch.fromBytes(new byte[] {1, 1, 5})).hasMessageContaining("not in 8..");
        assertThatThrownBy(() -> QuantileSketch.fromBytes(new byte[] {9, 1})).hasMessageContaining("type 9");
    }
}
