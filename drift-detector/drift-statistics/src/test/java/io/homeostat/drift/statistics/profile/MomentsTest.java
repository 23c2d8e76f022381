package io.homeostat.drift.statistics.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.Test;

class MomentsTest {
    @Test
    void areThoseOfAllValuesHoweverFarFromZeroOrFromTheFirst() {
        for (double level : new double[] {0, 1e6, -1e9}) {
            for (double first : new double[] {0, 1e4}) {
                // given
                Random random = new Random(1);
                double[] values = random.doubles(10_000).map(v -> level + v).toArray();
                values[0] += first;
                // when
                Moments moments = new Moments();
                moments.add(values, values.length);
                // then
                double variance = StatUtils.variance(values);
                assertThat(moments.mean()).isCloseTo(StatUtils.mean(values), within(1e-12 * (1 + Math.abs(level))));
                assertThat(moments.squaredDeviations() / (values.length - 1))
                        .isCloseTo(variance, within(1e-6 * variance));
            }
        }
    }

    @Test
    void areTheSameBitsWhateverTheBlocks() {
        // given
        double[] values = new Random(2).doubles(5_000).toArray();
        Moments whole = new Moments();
        whole.add(values, values.length);
        Random random = new Random(3);
        // when
        Moments blocks = new Moments();
        for (int at = 0; at < values.length; ) {
            int size = Math.min(values.length - at, random.nextInt(100));
            blocks.add(Arrays.copyOfRange(values, at, at + size), size);
            at += size;
        }
        // then
        assertThat(blocks.mean()).isEqualTo(whole.mean());
        assertThat(blocks.squaredDeviations()).isEqualTo(whole.squaredDeviations());
    }

    @Test
    void mergeToThoseOfBoth() {
        // given
        double[] values = new Random(4).doubles(3_000).toArray();
        Moments whole = new Moments();
        whole.add(values, values.length);
        Moments one = new Moments();
        one.add(values, 1_000);
        Moments other = new Moments();
        other.add(Arrays.copyOfRange(values, 1_000, 3_000), 2_000);
        // when
        Moments merged = new Moments();
        merged.merge(one);
        merged.merge(new Moments());
        merged.merge(other);
        // then
        assertThat(merged.mean()).isCloseTo(whole.mean(), within(1e-14));
        assertThat(merged.squaredDeviations()).isCloseTo(whole.squaredDeviations(), within(1e-9));
    }
}
