package io.homeostat.drift.statistics.sequential;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.drift.statistics.profile.ReferenceError;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EDetectorTest extends ErrorStreamDetectorContract {
    @Override
    ErrorStreamDetector create() {
        return EDetector.against(ReferenceError.ofRate(0.2, 5_000), 1e5);
    }

    @Override
    ErrorStreamDetector restore(byte[] bytes) {
        return EDetector.fromBytes(bytes);
    }

    @Override
    double mostMeanDelay() {
        return 120;
    }

    @Test
    void keepsItsBudgetOfFalseAlarms() {
        // given
        int alarms = 0;
        // when
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            EDetector detector = EDetector.against(ReferenceError.ofRate(0.2, 1_000_000), 1_000);
            for (int i = 0; i < 10_000; i++) {
                alarms += detector.update(random.nextDouble() < 0.2 ? 1 : 0) == Detection.DRIFT ? 1 : 0;
            }
        }
        // then: 200,000 losses at one in at least 1,000
        assertThat(alarms).isLessThanOrEqualTo(200);
    }

    @Test
    void aHighReferenceRateKeepsAllStakesPositive() {
        EDetector detector = EDetector.against(ReferenceError.ofRate(0.9, 100), 1e5);
        for (int i = 0; i < 100; i++) {
            detector.update(0);
        }
        assertThat(detector.statistic()).isGreaterThanOrEqualTo(0);
    }
}
