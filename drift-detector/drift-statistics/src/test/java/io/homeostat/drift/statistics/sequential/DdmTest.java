package io.homeostat.drift.statistics.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DdmTest extends ChangeDetectorContract {
    @Override
    protected ErrorStreamDetector create() {
        return new Ddm();
    }

    @Override
    protected ErrorStreamDetector restore(byte[] bytes) {
        return Ddm.fromBytes(bytes);
    }

    @Override
    double mostMeanDelay() {
        return 210;
    }

    @Override
    double mostMisplaced() {
        return 200;
    }

    @Override
    int mostFalseAlarms() {
        return 30;
    }

    /* Lowest at 299 losses: 59/299 + d √(.1973 · .8027 / 299) is .2663 at d = 3, passed at 76/317 + .0240. */
    @Test
    void warnsThenAlarmsWhereTheRateLeavesItsLowestPoint() {
        Ddm detector = afterFifths(new Ddm());
        int warning = onesToWarning(detector);
        assertThat(warning + onesToDrift(detector)).isEqualTo(17);
        assertThat(detector.lastChange().orElseThrow().before()).isEqualTo(59 / 299.0);
    }

    @Test
    void theFirstErrorAfterManyZerosIsNoAlarm() {
        Ddm detector = afterZeros(new Ddm(), 1_000);
        assertThat(detector.update(1)).isEqualTo(Detection.STABLE);
    }

    @Test
    void refusesLevelsOutOfOrder() {
        assertThatThrownBy(() -> new Ddm(3, 2)).hasMessageContaining("warningLevel: 3.0 is not between 0.0 and 2.0");
    }
}
