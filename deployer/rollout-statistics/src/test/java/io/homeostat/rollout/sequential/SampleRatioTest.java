package io.homeostat.rollout.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SampleRatioTest extends EProcessContract<SampleRatio> {
    @Override
    SampleRatio start() {
        return SampleRatio.start();
    }

    @Override
    SampleRatio underTheNull(SampleRatio process, SplittableRandom random, int observation) {
        double share = share(observation);
        return process.observe("u" + observation, random.nextDouble() < share, share);
    }

    @Override
    SampleRatio underTheAlternative(SampleRatio process, SplittableRandom random, int observation) {
        double share = share(observation);
        return process.observe("u" + observation, random.nextDouble() < .7 * share, share);
    }

    /* a ramp: the budget holds whatever the weight does */
    private static double share(int observation) {
        return observation < 500 ? .05 : observation < 1000 ? .25 : .5;
    }

    @Override
    void observeNonsense(SampleRatio process) {
        process.observe("u", true, 5);
    }

    @Override
    int length() {
        return 1500;
    }

    @Test
    void givesTheValuesOfItsExample() {
        assertThat(Math.exp(after(600, 400).logE())).isBetween(1e4, 1e5);
        assertThat(Math.exp(after(530, 470).logE())).isCloseTo(1.9, within(.4));
        assertThat(after(600, 400).skewed()).isTrue();
        assertThat(after(530, 470).skewed()).isFalse();
    }

    private static SampleRatio after(int candidates, int stables) {
        SampleRatio ratio = SampleRatio.start();
        for (int i = 0; i < candidates + stables; i++) {
            ratio = ratio.observe("u" + i, i < candidates, .5);
        }
        return ratio;
    }

    @Test
    void aUnitCountsOnce() {
        // given
        SampleRatio once = SampleRatio.start().observe("u", true, .05);

        // when
        SampleRatio often = once.observe("u", true, .05).observe("u", true, .5);

        // then
        assertThat(often).isSameAs(once);
    }

    @Test
    void whereOnlyOneArmServesThereIsNothingToCheck() {
        assertThat(SampleRatio.start().observe("u", false, 0).observe("v", true, 1))
                .isEqualTo(SampleRatio.start());
    }
}
