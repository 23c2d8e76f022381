package io.homeostat.rollout.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EmpiricalBernsteinSequenceTest extends ConfidenceSequenceContract {
    @Override
    ConfidenceSequence start(double alpha) {
        return EmpiricalBernsteinSequence.start(alpha);
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
        assertThat((interval.low() + interval.high()) / 2).isCloseTo(.05, within(.001));
        assertThat((interval.high() - interval.low()) / 2).isCloseTo(.025, within(.001));
    }
}
