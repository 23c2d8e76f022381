package io.homeostat.drift.statistics.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EddmTest extends ChangeDetectorContract {
    @Override
    protected ErrorStreamDetector create() {
        return new Eddm();
    }

    @Override
    protected ErrorStreamDetector restore(byte[] bytes) {
        return Eddm.fromBytes(bytes);
    }

    @Override
    double mostMeanDelay() {
        return 80;
    }

    @Override
    double mostMisplaced() {
        return 300;
    }

    @Override
    int mostFalseAlarms() {
        return 140;
    }

    @Test
    void warnsThenAlarmsWhenGapsShrink() {
        Eddm detector = afterFifths(new Eddm());
        int warning = onesToWarning(detector);
        assertThat(warning).isEqualTo(55);
        assertThat(warning + onesToDrift(detector)).isEqualTo(77);
    }

    @Test
    void saysNothingBeforeThirtyErrors() {
        Eddm detector = afterZeros(new Eddm(), 100);
        for (int i = 0; i < 29; i++) {
            assertThat(detector.update(1)).isEqualTo(Detection.STABLE);
        }
    }

    @Test
    void refusesLevelsOutOfOrder() {
        assertThatThrownBy(() -> new Eddm(0.05, 1)).hasMessageContaining("driftLevel: 1.0");
    }
}
