package io.homeostat.rollout.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MixtureSprtTest extends EProcessContract<MixtureSprt> {
    @Override
    MixtureSprt start() {
        return MixtureSprt.start(MixtureSprt.DEFAULT_TAU);
    }

    @Override
    MixtureSprt underTheNull(MixtureSprt process, SplittableRandom random, int observation) {
        return process.observe(observation % 2 == 0, random.nextDouble() < .9 ? 1 : 0);
    }

    @Override
    MixtureSprt underTheAlternative(MixtureSprt process, SplittableRandom random, int observation) {
        boolean candidate = observation % 2 == 0;
        return process.observe(candidate, random.nextDouble() < (candidate ? .95 : .85) ? 1 : 0);
    }

    @Override
    void observeNonsense(MixtureSprt process) {
        process.observe(true, Double.NaN);
    }

    @Override
    int length() {
        return 3000;
    }

    private static final MixtureSprt EXAMPLE =
            new MixtureSprt(MixtureSprt.DEFAULT_TAU, new Moments(2000, .87, 226), new Moments(2000, .90, 180));

    @Test
    void givesTheValueOfItsExample() {
        assertThat(Math.exp(EXAMPLE.logE())).isCloseTo(15.4, within(.1));
        assertThat(EXAMPLE.pValue()).isCloseTo(.065, within(.001));
    }

    @Test
    void theIntervalEndsWhereTheTestWouldReject() {
        // given
        Interval interval = EXAMPLE.interval(.05);

        // when
        MixtureSprt shifted = new MixtureSprt(
                MixtureSprt.DEFAULT_TAU,
                new Moments(2000, 0, 226),
                new Moments(2000, EXAMPLE.difference() - interval.low(), 180));

        // then
        assertThat(shifted.logE()).isCloseTo(Math.log(20), within(1e-9));
        assertThat(EXAMPLE.interval(.05).contains(EXAMPLE.difference())).isTrue();
    }

    @Test
    void saysNothingInItsBurnIn() {
        // given
        MixtureSprt few = new MixtureSprt(MixtureSprt.DEFAULT_TAU, new Moments(9000, .1, 9), new Moments(499, .9, 9));

        // when, then
        assertThat(few.logE()).isZero();
        assertThat(few.interval(.05)).isEqualTo(new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
    }
}
