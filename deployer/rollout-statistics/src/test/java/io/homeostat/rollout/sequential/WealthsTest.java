package io.homeostat.rollout.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class WealthsTest {
    private static final double[] HALVES = {.5, .5};

    @Test
    void neitherOverflowsNorUnderflows() {
        // given
        Wealths rich = Wealths.even(2);
        Wealths poor = Wealths.even(2);

        // when
        for (int i = 0; i < 10_000; i++) {
            rich = rich.bet(new double[] {.9, .1}, 1);
            poor = poor.bet(new double[] {.9, .1}, -1);
        }

        // then
        assertThat(rich.logMean(HALVES)).isCloseTo(10_000 * Math.log(1.9) + Math.log(.5), within(1e-6));
        assertThat(poor.logMean(HALVES)).isCloseTo(10_000 * Math.log(.9) + Math.log(.5), within(1e-6));
    }

    @Test
    void comesBackFromItsState() {
        // given
        Wealths wealths = Wealths.even(2).bet(new double[] {.3, .7}, .123);

        // when, then
        assertThat(Wealths.of(wealths.state())).isEqualTo(wealths).hasSameHashCodeAs(wealths);
    }

    @Test
    void whatIsNoStateIsRefused() {
        assertThatThrownBy(() -> Wealths.of(List.of())).hasMessageContaining("wealths: []");
        assertThatThrownBy(() -> Wealths.of(List.of(0.0, -1.0))).hasMessageContaining("-1.0");
        assertThatThrownBy(() -> Wealths.of(List.of(Double.NaN, 1.0))).hasMessageContaining("NaN");
    }
}
