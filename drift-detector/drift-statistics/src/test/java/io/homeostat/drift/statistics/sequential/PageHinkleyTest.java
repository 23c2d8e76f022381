package io.homeostat.drift.statistics.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PageHinkleyTest extends ChangeDetectorContract {
    @Override
    protected ErrorStreamDetector create() {
        return new PageHinkley();
    }

    @Override
    protected ErrorStreamDetector restore(byte[] bytes) {
        return PageHinkley.fromBytes(bytes);
    }

    @Override
    double mostMeanDelay() {
        return 110;
    }

    @Override
    double mostMisplaced() {
        return 700;
    }

    @Override
    int mostFalseAlarms() {
        return 0;
    }

    /* Σ (100 / (100 + k) − .005) first passes 50 at k = 66 (without fading), and with it at 67. */
    @Test
    void countsTheErrorsThatAreTooMany() {
        PageHinkley detector = afterZeros(new PageHinkley(), 100);
        assertThat(onesToDrift(detector)).isEqualTo(67);
        assertThat(detector.lastChange().orElseThrow().index()).isEqualTo(101);
    }

    @Test
    void refusesParametersOutsideTheirRanges() {
        assertThatThrownBy(() -> new PageHinkley(-0.1, 50, 0.9999)).hasMessageContaining("delta: -0.1");
        assertThatThrownBy(() -> new PageHinkley(0.005, 0, 0.9999)).hasMessageContaining("lambda: 0.0");
        assertThatThrownBy(() -> new PageHinkley(0.005, 50, 1.1)).hasMessageContaining("The default is 0.9999");
        new PageHinkley(0, 50, 1);
    }
}
