package io.homeostat.drift.statistics.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HddmATest extends ChangeDetectorContract {
    @Override
    protected ErrorStreamDetector create() {
        return new HddmA();
    }

    @Override
    protected ErrorStreamDetector restore(byte[] bytes) {
        return HddmA.fromBytes(bytes);
    }

    @Override
    double mostMeanDelay() {
        return 50;
    }

    @Override
    double mostMisplaced() {
        return 200;
    }

    @Override
    int mostFalseAlarms() {
        return 0;
    }

    /* k / (100 + k) ≥ √(½ k / (100 (100 + k)) ln 2000) is k / (100 + k) ≥ .0380, true from k = 4 on. */
    @Test
    void alarmsWhereTheBoundIsPassed() {
        HddmA detector = afterZeros(new HddmA(), 100);
        assertThat(onesToDrift(detector)).isEqualTo(4);
        assertThat(detector.lastChange().orElseThrow().index()).isEqualTo(101);
    }

    @Test
    void warnsFirst() {
        HddmA detector = afterFifths(new HddmA());
        assertThat(onesToWarning(detector)).isEqualTo(4);
        assertThat(onesToDrift(detector)).isEqualTo(2);
    }

    @Test
    void refusesConfidencesOutOfOrder() {
        assertThatThrownBy(() -> new HddmA(0.001, 0.005)).hasMessageContaining("driftConfidence: 0.005");
    }
}
