package io.homeostat.rollout.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class UnitSampleTest {
    @Test
    void takesEachOnceInBoundedMemory() {
        // given
        UnitSample sample = UnitSample.none();
        int taken = 0;

        // when: everybody comes twice
        for (int i = 0; i < 200_000; i++) {
            UnitSample next = sample.plus("unit" + i % 100_000);
            taken += next == sample ? 0 : 1;
            sample = next;
            assertThat(sample.size()).isLessThanOrEqualTo(UnitSample.LIMIT);
        }

        // then
        assertThat(taken).isBetween(3_000, 6_000);
    }

    @Test
    void comesBackFromItsState() {
        // given
        UnitSample sample = UnitSample.none();
        for (int i = 0; i < 3000; i++) {
            sample = sample.plus("unit" + i);
        }

        // when, then
        assertThat(UnitSample.of(sample.state())).isEqualTo(sample).hasSameHashCodeAs(sample);
        assertThatThrownBy(() -> UnitSample.of(List.of())).hasMessageContaining("units: 0 numbers");
    }
}
