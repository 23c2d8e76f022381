package io.homeostat.drift.statistics.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class KswinTest extends ChangeDetectorContract {
    @Override
    protected ErrorStreamDetector create() {
        return new Kswin();
    }

    @Override
    protected ErrorStreamDetector restore(byte[] bytes) {
        return Kswin.fromBytes(bytes);
    }

    @Override
    double mostMeanDelay() {
        return 1_000;
    }

    @Override
    double mostMisplaced() {
        return 1_000;
    }

    @Override
    int mostFalseAlarms() {
        return 2;
    }

    /* Of two samples of 30 P(D ≥ 14/30) = .0025 and P(D ≥ 13/30) = .0064. */
    @Test
    void alarmsAtTheExactCriticalDistance() {
        Kswin detector = afterZeros(new Kswin(), 100);
        assertThat(detector.threshold()).isEqualTo(14 / 30.0);
        assertThat(onesToDrift(detector)).isEqualTo(14);
        assertThat(detector.lastChange().orElseThrow().index()).isEqualTo(100 + 14 - 30 + 1);
    }

    @Test
    void aLargeWindowStillNeedsAnEffect() {
        assertThat(new Kswin(0.5, 10_000, 2_000, 1).threshold()).isGreaterThan(0.1);
    }

    @Test
    void theDrawIsSeeded() {
        assertThat(new Kswin(0.005, 100, 30, 1).toBytes()).isNotEqualTo(new Kswin(0.005, 100, 30, 2).toBytes());
    }

    @Test
    void refusesAWindowOrAlphaThatCannotWork() {
        assertThatThrownBy(() -> new Kswin(0.005, 60, 30, 1)).hasMessageContaining("window 60, recent 30");
        assertThatThrownBy(() -> new Kswin(0.005, 100, 2, 1)).hasMessageContaining("Give a larger recent part");
    }
}
