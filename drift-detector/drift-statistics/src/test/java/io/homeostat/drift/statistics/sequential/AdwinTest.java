package io.homeostat.drift.statistics.sequential;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AdwinTest extends ErrorStreamDetectorContract {
    @Override
    ErrorStreamDetector create() {
        return new Adwin();
    }

    @Override
    ErrorStreamDetector restore(byte[] bytes) {
        return Adwin.fromBytes(bytes);
    }

    @Override
    double mostMeanDelay() {
        return 220;
    }

    @Test
    void findsAFallToo() {
        // given
        Adwin adwin = new Adwin();
        for (int i = 0; i < 1_000; i++) {
            adwin.update(i % 2);
        }
        // when
        for (int i = 0; i < 200; i++) {
            adwin.update(0);
        }
        // then
        assertThat(adwin.lastChange().orElseThrow().isIncrease()).isFalse();
        assertThat(adwin.mean()).isLessThan(0.1);
    }
}
