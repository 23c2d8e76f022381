package io.homeostat.drift.statistics.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.drift.statistics.sequential.Change;
import io.homeostat.drift.statistics.sequential.Detection;
import io.homeostat.drift.statistics.sequential.ErrorStreamDetector;
import io.homeostat.drift.statistics.sequential.ErrorStreamDetectorContract;
import org.junit.jupiter.api.Test;

class EveryKTest extends ErrorStreamDetectorContract {
    @Override
    protected ErrorStreamDetector create() {
        return new EveryK(500);
    }

    @Override
    protected ErrorStreamDetector restore(byte[] bytes) {
        return EveryK.fromBytes(bytes);
    }

    @Test
    void reportsAtEveryMultipleOfK() {
        ErrorStreamDetector policy = create();
        for (int i = 1; i <= 2_000; i++) {
            Detection expected = i % 500 == 0 ? Detection.DRIFT : Detection.STABLE;
            assertThat(policy.update(i <= 1_500 ? 0 : 1)).isEqualTo(expected);
        }
        assertThat(policy.lastChange()).contains(new Change(2_000, 2_000, 0, 1, 500));
    }

    @Test
    void refusesAKBelowOne() {
        assertThatThrownBy(() -> new EveryK(0)).hasMessageContaining("k: 0 is below 1");
    }
}
