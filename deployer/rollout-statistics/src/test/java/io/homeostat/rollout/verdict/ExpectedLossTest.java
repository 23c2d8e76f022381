package io.homeostat.rollout.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.homeostat.rollout.sequential.Moments;
import org.junit.jupiter.api.Test;

class ExpectedLossTest {
    @Test
    void givesTheValuesOfItsExample() {
        // when
        ExpectedLoss loss = ExpectedLoss.after(new Moments(1000, .01, 60));

        // then
        assertThat(loss.chanceBetter()).isCloseTo(.90, within(.01));
        assertThat(loss.ofPromoting()).isCloseTo(.0004, within(1e-4));
        assertThat(loss.ofKeeping()).isCloseTo(.010, within(1e-3));
    }

    @Test
    void knowsNothingBeforeTheFirstLabel() {
        // when
        ExpectedLoss loss = ExpectedLoss.after(Moments.none());

        // then
        assertThat(loss.chanceBetter()).isCloseTo(.5, within(1e-12));
        assertThat(loss.ofPromoting()).isCloseTo(loss.ofKeeping(), within(1e-12));
    }

    @Test
    void whatIsGainedLessWhatIsLostIsTheMean() {
        // given
        ExpectedLoss loss = ExpectedLoss.after(new Moments(500, -.02, 50));

        // when
        double mean = loss.ofKeeping() - loss.ofPromoting();

        // then: drawn towards 0 by the prior
        assertThat(mean).isBetween(-.02, -.018);
    }
}
