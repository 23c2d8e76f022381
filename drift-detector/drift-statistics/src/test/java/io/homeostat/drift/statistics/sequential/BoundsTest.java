package io.homeostat.drift.statistics.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BoundsTest {
    @Test
    void bringsABoundedStreamIntoZeroToOneAndBack() {
        Bounds millis = new Bounds(50, 250);
        assertThat(millis.loss(100)).isEqualTo(0.25);
        assertThat(millis.value(0.25)).isEqualTo(100);
        assertThat(millis.loss(0)).isZero();
        assertThat(millis.loss(Double.POSITIVE_INFINITY)).isEqualTo(1);
    }

    @Test
    void refusesWhatIsNoRangeAndWhatIsNoNumber() {
        assertThatThrownBy(() -> new Bounds(1, 0))
                .hasMessageContaining("1.0..0.0")
                .hasMessageContaining("swapped");
        assertThatThrownBy(() -> new Bounds(0, Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> new Bounds(0, 1).loss(Double.NaN)).hasMessageContaining("Leave it out");
    }

    @Test
    void aDetectorFindsAChangeOfARescaledStream() {
        // given
        Bounds millis = new Bounds(0, 400);
        Adwin adwin = new Adwin();
        Random random = new Random(2);
        // when
        for (int i = 0; i < 2_000; i++) {
            adwin.update(millis.loss((i < 1_000 ? 100 : 130) + 20 * random.nextGaussian()));
        }
        // then
        Change change = adwin.lastChange().orElseThrow();
        assertThat(change.index()).isBetween(970L, 1_030L);
        assertThat(millis.value(change.after())).isBetween(125.0, 135.0);
    }
}
