package io.homeostat.drift.statistics.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HddmWTest extends ChangeDetectorContract {
    @Override
    protected ErrorStreamDetector create() {
        return new HddmW();
    }

    @Override
    protected ErrorStreamDetector restore(byte[] bytes) {
        return HddmW.fromBytes(bytes);
    }

    @Override
    double mostMeanDelay() {
        return 25;
    }

    @Override
    double mostMisplaced() {
        return 1000;
    }

    @Override
    int mostFalseAlarms() {
        return 6;
    }

    /* m₂ − m₁ is 1 from the first one on; ½ (v₁ + v₂) ln 1000 falls below 1 at .9025^(k−1) < .2445, so k = 15. */
    @Test
    void warnsThenAlarmsWhereTheBoundIsPassed() {
        HddmW detector = afterZeros(new HddmW(), 200);
        int warning = onesToWarning(detector);
        assertThat(warning).isEqualTo(12);
        assertThat(warning + onesToDrift(detector)).isEqualTo(15);
        assertThat(detector.lastChange().orElseThrow().index()).isEqualTo(201);
    }

    @Test
    void refusesParametersOutsideTheirRanges() {
        assertThatThrownBy(() -> new HddmW(1, 0.005, 0.001)).hasMessageContaining("lambda: 1.0");
    }
}
