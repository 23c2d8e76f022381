package io.homeostat.rollout.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every confidence sequence keeps. */
abstract class ConfidenceSequenceContract {
    private static final double ALPHA = .05;
    private static final int LONG = 1500;

    abstract ConfidenceSequence start(double alpha);

    /** How many sequences the coverage is judged on; fewer where a value is dear. */
    int seeds() {
        return 300;
    }

    @Test
    void knowsNothingBeforeTheFirstValue() {
        assertThat(start(ALPHA).interval()).isEqualTo(new Interval(-1, 1));
        assertThat(start(ALPHA).count()).isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = {.03, .3})
    void allIntervalsHoldTheMeanAtOnce(double discordant) {
        // when
        int missed = 0;
        for (int seed = 0; seed < seeds(); seed++) {
            missed += everMisses(new SplittableRandom(seed), discordant) ? 1 : 0;
        }

        // then: two standard deviations above the budget at most
        double most = ALPHA * seeds() + 2 * Math.sqrt(ALPHA * (1 - ALPHA) * seeds());
        assertThat((double) missed).isLessThanOrEqualTo(most);
    }

    private boolean everMisses(SplittableRandom random, double discordant) {
        ConfidenceSequence sequence = start(ALPHA);
        for (int i = 0; i < LONG; i++) {
            sequence = sequence.observe(difference(random, discordant));
            if (!sequence.interval().contains(discordant / 3)) {
                return true;
            }
        }
        return false;
    }

    /* 1 twice as often as -1 */
    private static double difference(SplittableRandom random, double discordant) {
        double draw = random.nextDouble() / discordant;
        return draw < 2 / 3.0 ? 1 : draw < 1 ? -1 : 0;
    }

    @Test
    void getsNarrower() {
        // given
        SplittableRandom random = new SplittableRandom(1);
        ConfidenceSequence sequence = start(ALPHA);

        // when
        double before = Double.NaN;
        for (int i = 0; i < 4 * LONG; i++) {
            sequence = sequence.observe(difference(random, .1));
            before = i == LONG ? width(sequence) : before;
        }

        // then
        assertThat(width(sequence)).isLessThan(.75 * before).isLessThan(.06);
        assertThat(sequence.count()).isEqualTo(4 * LONG);
    }

    private static double width(ConfidenceSequence sequence) {
        return sequence.interval().high() - sequence.interval().low();
    }

    @Test
    void theSameValuesGiveTheSameState() {
        // given
        ConfidenceSequence one = start(ALPHA);
        ConfidenceSequence other = start(ALPHA);

        // when
        for (int i = 0; i < 50; i++) {
            one = one.observe(i % 3 - 1);
            other = other.observe(i % 3 - 1);
        }

        // then
        assertThat(one).isEqualTo(other);
        assertThat(one.interval()).isEqualTo(other.interval());
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.01, -1.01, Double.NaN, Double.POSITIVE_INFINITY})
    void aValueBeyondTheBoundsIsRefused(double value) {
        assertThatThrownBy(() -> start(ALPHA).observe(value)).hasMessageContaining("value: " + value);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, Double.NaN})
    void anImpossibleBudgetIsRefused(double alpha) {
        assertThatThrownBy(() -> start(alpha)).hasMessageContaining("alpha: " + alpha);
    }
}
