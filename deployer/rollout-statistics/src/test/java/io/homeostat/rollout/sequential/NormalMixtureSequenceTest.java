package io.homeostat.rollout.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NormalMixtureSequenceTest extends ConfidenceSequenceContract {
    @Override
    ConfidenceSequence start(double alpha) {
        return NormalMixtureSequence.start(alpha);
    }

    @Test
    void givesTheIntervalOfItsExample() {
        // given
        NormalMixtureSequence sequence = new NormalMixtureSequence(.05, new Moments(1000, .02, 60));

        // when
        Interval interval = sequence.interval();

        // then
        assertThat(interval.high() - .02).isCloseTo(.0237, within(1e-3));
        assertThat(interval.low()).isCloseTo(.04 - interval.high(), within(1e-12));
    }
}
