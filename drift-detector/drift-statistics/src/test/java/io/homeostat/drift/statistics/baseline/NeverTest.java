package io.homeostat.drift.statistics.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.drift.statistics.sequential.Detection;
import io.homeostat.drift.statistics.sequential.ErrorStreamDetector;
import io.homeostat.drift.statistics.sequential.ErrorStreamDetectorContract;
import org.junit.jupiter.api.Test;

class NeverTest extends ErrorStreamDetectorContract {
    @Override
    protected ErrorStreamDetector create() {
        return new Never();
    }

    @Override
    protected ErrorStreamDetector restore(byte[] bytes) {
        return Never.fromBytes(bytes);
    }

    @Test
    void reportsNothing() {
        ErrorStreamDetector never = create();
        for (int i = 0; i < 1_000; i++) {
            assertThat(never.update(i < 500 ? 0 : 1)).isEqualTo(Detection.STABLE);
        }
        assertThat(never.lastChange()).isEmpty();
    }
}
