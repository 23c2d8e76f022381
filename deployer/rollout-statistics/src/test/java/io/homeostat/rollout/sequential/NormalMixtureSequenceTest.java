package io.homeostat.rollout.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NormalMixtureSequenceTest {
    @Test
    void knowsNothingBeforeTheFirstValue() {
        // when
        NormalMixtureSequence.Interval interval = NormalMixtureSequence.start().interval(.05);

        // then
        assertThat(interval).isEqualTo(new NormalMixtureSequence.Interval(-1, 1));
    }

    @Test
    void givesTheIntervalOfItsExample() {
        // given
        NormalMixtureSequence sequence = new NormalMixtureSequence(1000, .02, 60);

        // when
        NormalMixtureSequence.Interval interval = sequence.interval(.05);

        // then
        assertThat(interval.high() - .02).isCloseTo(.0237, within(1e-3));
        assertThat(interval.low()).isCloseTo(.04 - interval.high(), within(1e-12));
    }

    @Test
    void allIntervalsHoldTheMeanAtOnce() {
        // when
        int missed = 0;
        for (int seed = 0; seed < 500; seed++) {
            missed += everMisses(seed) ? 1 : 0;
        }

        // then
        assertThat(missed).isLessThanOrEqualTo(25);
    }

    private static boolean everMisses(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        NormalMixtureSequence sequence = NormalMixtureSequence.start();
        for (int i = 0; i < 3000; i++) {
            double draw = random.nextDouble();
            sequence = sequence.observe(draw < .06 ? 1 : draw < .1 ? -1 : 0);
            NormalMixtureSequence.Interval interval = sequence.interval(.05);
            if (interval.low() > .02 || interval.high() < .02) {
                return true;
            }
        }
        return false;
    }
}
