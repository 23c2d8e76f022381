package io.homeostat.rollout.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import org.junit.jupiter.api.Test;

class RecentUnitsTest {
    @Test
    void theMemoryIsBoundedAndForgetsTheOldest() {
        // given
        RecentUnits units = RecentUnits.none();

        // when
        for (int i = 0; i < 10 * RecentUnits.LIMIT; i++) {
            units = units.plus("unit" + i);
        }

        // then
        assertThat(units.hashes()).hasSize(RecentUnits.LIMIT);
        assertThat(units.contains("unit0")).isFalse();
        assertThat(units.contains("unit" + (10 * RecentUnits.LIMIT - 1))).isTrue();
    }

    @Test
    void aThousandAreAllRemembered() {
        // given
        RecentUnits units = RecentUnits.none();

        // when
        for (int i = 0; i < 1000; i++) {
            units = units.plus("unit" + i);
        }

        // then
        for (int i = 0; i < 1000; i++) {
            assertThat(units.contains("unit" + i)).isTrue();
        }
        assertThat(units.contains("somebody else")).isFalse();
    }

    @Test
    void comesBackFromItsState() {
        // given
        RecentUnits units = RecentUnits.none();
        for (int i = 0; i < 9000; i++) {
            units = units.plus("unit" + i);
        }

        // when, then
        assertThat(RecentUnits.of(units.hashes())).isEqualTo(units).hasSameHashCodeAs(units);
        assertThatThrownBy(() -> RecentUnits.of(Collections.nCopies(RecentUnits.LIMIT + 1, 1)))
                .hasMessageContaining("4097");
    }
}
