package io.homeostat.rollout.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class McNemarTest extends EProcessContract<McNemar> {
    @Override
    McNemar start() {
        return McNemar.start();
    }

    @Override
    McNemar underTheNull(McNemar process, SplittableRandom random, int observation) {
        return process.observe(random.nextInt(3) - 1);
    }

    @Override
    McNemar underTheAlternative(McNemar process, SplittableRandom random, int observation) {
        return process.observe(random.nextDouble() < .7 ? 1 : -1);
    }

    @Override
    void observeNonsense(McNemar process) {
        process.observe(.5);
    }

    @Override
    int length() {
        return 500;
    }

    @Test
    void givesTheValuesOfItsExample() {
        assertThat(Math.exp(new McNemar(9, 1).logE())).isCloseTo(18.51, within(.01));
        assertThat(Math.exp(new McNemar(10, 1).logE())).isCloseTo(30.93, within(.01));
    }

    @Test
    void bothWaysToTheIntegralMeet() {
        // given: a fair game, whose steps cross from one way to the other
        double before = Math.exp(new McNemar(20, 20).logE());

        // when
        double after = (Math.exp(new McNemar(21, 20).logE()) + Math.exp(new McNemar(20, 21).logE())) / 2;

        // then
        assertThat(after).isCloseTo(before, within(1e-12));
    }

    @Test
    void whateverComesTheExpectationUnderTheNullIsOne() {
        // given
        double now = Math.exp(new McNemar(7, 4).logE());

        // when
        double next = (Math.exp(new McNemar(8, 4).logE()) + Math.exp(new McNemar(7, 5).logE())) / 2;

        // then: at one half it is a fair game
        assertThat(next).isCloseTo(now, within(1e-9 * now));
    }

    @Test
    void aThousandLossesLeaveAFiniteNumber() {
        assertThat(new McNemar(0, 5000).logE()).isFinite().isNegative();
        assertThat(new McNemar(5000, 0).logE()).isFinite().isPositive();
    }
}
