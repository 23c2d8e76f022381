package io.homeostat.rollout.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.rollout.sequential.NormalMixtureSequence;
import io.homeostat.rollout.sequential.PairedBetting;
import org.junit.jupiter.api.Test;

class LabelForecastTest {
    @Test
    void equalVersionsNeedSomeThousandLabels() {
        // given
        NormalMixtureSequence differences = new NormalMixtureSequence(1000, 0, 60);

        // when, then
        assertThat(LabelForecast.missing(PairedBetting.nonInferiority(.01), differences, .05))
                .hasValue(3700);
        assertThat(LabelForecast.missing(PairedBetting.superiority(), differences, .05))
                .isEmpty();
    }

    @Test
    void thirtyPairsAreTheFewestToForecastFrom() {
        // given
        NormalMixtureSequence differences = new NormalMixtureSequence(29, .1, 3);

        // when, then
        assertThat(LabelForecast.missing(PairedBetting.superiority(), differences, .05))
                .isEmpty();
    }
}
