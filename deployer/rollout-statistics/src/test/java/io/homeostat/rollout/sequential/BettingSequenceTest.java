package io.homeostat.rollout.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import org.junit.jupiter.api.Test;

class BettingSequenceTest extends ConfidenceSequenceContract {
    @Override
    ConfidenceSequence start(double alpha) {
        return BettingSequence.start(alpha);
    }

    @Override
    int seeds() {
        return 40;
    }

    @Test
    void givesTheIntervalOfItsExample() {
        // given
        ConfidenceSequence sequence = start(.05);

        // when
        for (int i = 0; i < 1000; i++) {
            sequence = sequence.observe(i % 20 == 10 ? 1 : 0);
        }

        // then
        Interval interval = sequence.interval();
        assertThat(interval.low()).isCloseTo(.03, within(.001));
        assertThat(interval.high()).isCloseTo(.10, within(.001));
    }

    @Test
    void whereEverythingIsRefutedTheMeanIsLeft() {
        // given
        BettingSequence nobodyBelieved = new BettingSequence(.05, 6, 1, 10, Collections.nCopies(399, 9.0));

        // when, then
        assertThat(nobodyBelieved.interval().contains(.2)).isTrue();
    }
}
