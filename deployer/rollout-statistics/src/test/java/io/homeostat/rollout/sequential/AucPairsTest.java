package io.homeostat.rollout.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.homeostat.rollout.sequential.AucPairs.Paired;
import io.homeostat.rollout.sequential.AucPairs.Row;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AucPairsTest {
    @Test
    void aPairIsRankedByBoth() {
        // given
        AucPairs waiting = AucPairs.start().observe("a", new Row(true, .6, .4)).next();

        // when
        Paired paired = waiting.observe("b", new Row(false, .5, .5));

        // then
        assertThat(paired.gain()).hasValue(1);
        assertThat(paired.next().waiting()).isEmpty();
    }

    @Test
    void aTieCountsOneHalf() {
        // given
        AucPairs waiting = AucPairs.start().observe("a", new Row(false, .5, .5)).next();

        // when, then
        assertThat(waiting.observe("b", new Row(true, .5, .9)).gain()).hasValue(-.5);
    }

    @Test
    void aRowIsUsedOnceAndAUnitGivesOneRow() {
        // given
        AucPairs waiting = AucPairs.start().observe("a", new Row(true, 1, 1)).next();

        // when
        AucPairs again = waiting.observe("a", new Row(true, 1, 1)).next();
        Paired used = waiting.observe("b", new Row(false, 0, 0));

        // then
        assertThat(again).isEqualTo(waiting);
        assertThat(used.next().observe("c", new Row(false, 0, 0)).gain()).isEmpty();
    }

    @Test
    void theGainsAverageToTheDifferenceOfTheAreas() {
        // given
        SplittableRandom random = new SplittableRandom(1);
        AucPairs pairs = AucPairs.start();
        Moments gains = Moments.none();

        // when: P(U + .5 > V) = .875, and .5 by chance
        for (int i = 0; i < 20_000; i++) {
            boolean positive = random.nextDouble() < .3;
            double good = random.nextDouble() + (positive ? .5 : 0);
            Paired paired = pairs.observe("u" + i, new Row(positive, good, random.nextDouble()));
            pairs = paired.next();
            gains = paired.gain().isPresent() ? gains.observe(paired.gain().getAsDouble()) : gains;
        }

        // then
        assertThat(gains.mean()).isCloseTo(.375, within(.02));
        assertThat(gains.count()).isBetween(5_500L, 6_500L);
        assertThat(pairs.waiting()).hasSizeLessThanOrEqualTo(AucPairs.MOST);
    }

    @Test
    void aScoreThatRanksNothingIsRefused() {
        assertThatThrownBy(() -> new Row(true, Double.NaN, 1)).hasMessageContaining("NaN ranks nothing");
    }
}
