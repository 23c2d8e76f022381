package io.homeostat.drift.statistics.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class BlockSortTest {
    private final Random random = new Random(1);

    @Test
    void sortsAsTheLibraryDoesWhateverTheValues() {
        for (int count : new int[] {0, 1, 47, 48, 100, 256, 2_048, 3_000}) {
            assertSorted(count, i -> random.nextGaussian());
            assertSorted(count, i -> Math.exp(3 * random.nextGaussian()));
            assertSorted(count, i -> random.nextInt(3));
            assertSorted(count, i -> 7);
            assertSorted(count, i -> 1e6 + random.nextDouble());
            assertSorted(count, i -> i == 5 ? 1e30 : random.nextGaussian());
            assertSorted(count, i -> i % 2 == 0 ? Float.MAX_VALUE : -Float.MAX_VALUE);
            assertSorted(count, i -> i % 2 == 0 ? Float.MIN_VALUE : 0);
        }
    }

    private void assertSorted(int count, IntToDoubleFunction value) {
        // given
        float[] values = new float[count + 1];
        for (int i = 0; i <= count; i++) {
            values[i] = (float) value.applyAsDouble(i);
        }
        float[] expected = values.clone();
        Arrays.sort(expected, 0, count);
        // when
        BlockSort.sort(values, count);
        // then
        assertThat(values).isEqualTo(expected);
    }
}
