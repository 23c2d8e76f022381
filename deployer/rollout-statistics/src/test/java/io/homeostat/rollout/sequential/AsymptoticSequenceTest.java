package io.homeostat.rollout.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AsymptoticSequenceTest extends ConfidenceSequenceContract {
    @Override
    ConfidenceSequence start(double alpha) {
        return AsymptoticSequence.start(alpha);
    }

    @Test
    void givesTheIntervalOfItsExample() {
        // given
        AsymptoticSequence sequence = new AsymptoticSequence(.05, new Moments(1000, .02, 60));

        // when, then
        assertThat(sequence.interval().high() - .02).isCloseTo(.026, within(1e-3));
    }

    @Test
    void saysNothingInItsBurnIn() {
        // given
        ConfidenceSequence sequence = start(.05);

        // when
        for (int i = 0; i < AsymptoticSequence.BURN_IN - 1; i++) {
            sequence = sequence.observe(0);
        }

        // then
        assertThat(sequence.interval()).isEqualTo(new Interval(-1, 1));
        assertThat(sequence.observe(0).interval()).isEqualTo(new Interval(0, 0));
    }
}
