package io.homeostat.rollout.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * What every e-process keeps.
 *
 * @param <P> the process
 */
abstract class EProcessContract<P extends EProcess> {
    private static final int SEEDS = 400;
    private static final double ALPHA = .05;

    abstract P start();

    /** One observation while the null hypothesis is true, at its very edge. */
    abstract P underTheNull(P process, SplittableRandom random, int observation);

    /** One observation while it is clearly wrong. */
    abstract P underTheAlternative(P process, SplittableRandom random, int observation);

    /** One observation that cannot be. */
    abstract void observeNonsense(P process);

    /** After how many observations it is over. */
    abstract int length();

    @Test
    void beginsWithOne() {
        assertThat(start().logE()).isCloseTo(0, within(1e-9));
    }

    @Test
    void keepsTheBudgetHoweverOftenOneLooks() {
        // when
        int rejected = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            rejected += rejectsUnderTheNull(new SplittableRandom(seed)) ? 1 : 0;
        }

        // then: two standard deviations above the budget at most
        assertThat((double) rejected).isLessThanOrEqualTo(ALPHA * SEEDS + 2 * Math.sqrt(ALPHA * (1 - ALPHA) * SEEDS));
    }

    private boolean rejectsUnderTheNull(SplittableRandom random) {
        P process = start();
        for (int i = 0; i < length(); i++) {
            process = underTheNull(process, random, i);
            if (process.rejects(ALPHA)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void findsWhatItIsFor() {
        // when
        int found = 0;
        for (int seed = 0; seed < 50; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            P process = start();
            for (int i = 0; i < length() && !process.rejects(ALPHA); i++) {
                process = underTheAlternative(process, random, i);
            }
            found += process.rejects(ALPHA) ? 1 : 0;
        }

        // then
        assertThat(found).isGreaterThanOrEqualTo(45);
    }

    @Test
    void theSameObservationsGiveTheSameState() {
        assertThat(after100(7)).isEqualTo(after100(7));
        assertThat(after100(7).hashCode()).isEqualTo(after100(7).hashCode());
    }

    private P after100(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        P process = start();
        for (int i = 0; i < 100; i++) {
            process = underTheNull(process, random, i);
        }
        return process;
    }

    @Test
    void nonsenseIsRefusedWithTheValue() {
        assertThatThrownBy(() -> observeNonsense(start()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(": ");
    }
}
